<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
    <context>
        <name>AmountEdit</name>
        <message>
            <source>{}（必填）</source>
            <translation>{} (required)</translation>
        </message>
        <message>
            <source>请填写“{}”。</source>
            <translation>Please fill in "{}".</translation>
        </message>
    </context>
    <context>
        <name>AmountsOffer</name>
        <message>
            <source>旁边的人会听到</source>
            <translation>People near you will hear it</translation>
        </message>
        <message>
            <source>连金额一起读</source>
            <translation>Read the amounts too</translation>
        </message>
        <message>
            <source>金额没有读出来。连金额一起读，旁边的人会听到。</source>
            <translation>Amounts were not read out. If you have them read too, people near you will hear them.</translation>
        </message>
    </context>
    <context>
        <name>AttractPage</name>
        <message>
            <source>。</source>
            <translation>.</translation>
        </message>
        <message>
            <source>不问姓名和证件号，填的数用完就没有了。</source>
            <translation>No name or ID number is asked. What you enter is gone when you finish.</translation>
        </message>
        <message>
            <source>医保帮手</source>
            <translation>医保帮手 Insurance Helper</translation>
        </message>
        <message>
            <source>碰一下屏幕，开始</source>
            <translation>Touch the screen to start</translation>
        </message>
    </context>
    <context>
        <name>BillWizard</name>
        <message>
            <source>不用填姓名和证件号。填的数只用来算这一次，不保存。</source>
            <translation>No name or ID number is needed. Your numbers are used for this estimate only and are not kept.</translation>
        </message>
        <message>
            <source>估算结果</source>
            <translation>Estimate</translation>
        </message>
        <message>
            <source>和票据核对</source>
            <translation>Compare with my slip</translation>
        </message>
    </context>
    <context>
        <name>ChannelsPage</name>
        <message>
            <source>{}{}</source>
            <translation>{} {}</translation>
        </message>
        <message>
            <source>{}参保</source>
            <translation>Insured in {}</translation>
        </message>
        <message>
            <source>{}参保 · {} 种办法，最可靠的在前</source>
            <translation>Insured in {} · ways to do it: {}, the most reliable first</translation>
        </message>
        <message>
            <source>{}的网址二维码</source>
            <translation>QR code with the address of {}</translation>
        </message>
        <message>
            <source>{}：{}。</source>
            <translation>{}: {}.</translation>
        </message>
        <message>
            <source>、</source>
            <translation>, </translation>
        </message>
        <message>
            <source>带上：{}</source>
            <translation>Bring: {}</translation>
        </message>
        <message>
            <source>带走</source>
            <translation>Take away</translation>
        </message>
        <message>
            <source>手机扫码打开</source>
            <translation>Scan to open</translation>
        </message>
        <message>
            <source>手边有什么？不选就全列出来</source>
            <translation>What do you have at hand? Choose nothing to see all ways</translation>
        </message>
        <message>
            <source>扫码、打印或者存成 PDF</source>
            <translation>Scan codes, print or save as PDF</translation>
        </message>
        <message>
            <source>注意：{}</source>
            <translation>Note: {}</translation>
        </message>
        <message>
            <source>重新开始</source>
            <translation>Start again</translation>
        </message>
    </context>
    <context>
        <name>CleaningPage</name>
        <message>
            <source>正在擦屏幕</source>
            <translation>The screen is being cleaned</translation>
        </message>
        <message>
            <source>现在按哪里都没有反应，可以放心擦。时间到了自己回去。</source>
            <translation>Nothing reacts to touch now, so you can wipe freely. It goes back by itself when the time is up.</translation>
        </message>
        <message>
            <source>还有 {} 秒</source>
            <translation>{} seconds left</translation>
        </message>
    </context>
    <context>
        <name>CountdownPage</name>
        <message>
            <source>{} 秒后清除您填的内容，回到开始。</source>
            <translation>In {} seconds your entries are cleared and the start page comes back.</translation>
        </message>
        <message>
            <source>您还在吗？</source>
            <translation>Are you still there?</translation>
        </message>
        <message>
            <source>您还在吗？{}还要用，请按“我还在”。</source>
            <translation>Are you still there? {} To go on, press "I am here".</translation>
        </message>
        <message>
            <source>我还在</source>
            <translation>I am here</translation>
        </message>
        <message>
            <source>结束并清除</source>
            <translation>End and clear</translation>
        </message>
        <message>
            <source>还要用，请按“我还在”，填的都还在，按几次都可以。</source>
            <translation>To go on, press "I am here". All entries stay. You can do so as often as you like.</translation>
        </message>
    </context>
    <context>
        <name>DatePage</name>
        <message>
            <source>{}减一</source>
            <translation>One {} less</translation>
        </message>
        <message>
            <source>{}加一</source>
            <translation>One {} more</translation>
        </message>
        <message>
            <source>就是今天（{}）</source>
            <translation>Today ({})</translation>
        </message>
        <message>
            <source>年</source>
            <translation>year</translation>
        </message>
        <message>
            <source>日</source>
            <translation>day</translation>
        </message>
        <message>
            <source>月</source>
            <translation>month</translation>
        </message>
    </context>
    <context>
        <name>Failures</name>
        <message>
            <source>不是您按错了。刚才填的没有保存，请重新开始。再出错，请把下面的代号告诉工作人员。</source>
            <translation>You did nothing wrong. What you entered was not saved; please start again. If it happens again, tell the staff the code below.</translation>
        </message>
        <message>
            <source>代号：{}</source>
            <translation>Code: {}</translation>
        </message>
        <message>
            <source>程序刚才出错了</source>
            <translation>Something went wrong in the program</translation>
        </message>
        <message>
            <source>重新开始</source>
            <translation>Start again</translation>
        </message>
    </context>
    <context>
        <name>FigureEdit</name>
        <message>
            <source>不能是负数。</source>
            <translation>It cannot be negative.</translation>
        </message>
        <message>
            <source>天数太大了，请检查是不是多按了一位。</source>
            <translation>Too many days. Check if you pressed one digit too many.</translation>
        </message>
        <message>
            <source>天数要填整数，例如 90。</source>
            <translation>Enter whole days, for example 90.</translation>
        </message>
        <message>
            <source>数太大了，请检查是不是多按了几位。</source>
            <translation>The number is too large. Check if you pressed some digits too many.</translation>
        </message>
        <message>
            <source>最多填两位小数。</source>
            <translation>At most two decimals.</translation>
        </message>
        <message>
            <source>比例不会超过 100%，请再看一眼。</source>
            <translation>A share cannot be more than 100%. Please look again.</translation>
        </message>
        <message>
            <source>请先填上这个数。没有印着的话，可以问上面写的地方。</source>
            <translation>Please fill in this figure first. If it is not printed, ask the office named above.</translation>
        </message>
        <message>
            <source>请按百分数填：85% 填 85，不填 0.85。</source>
            <translation>Enter it in percent: for 85% enter 85, not 0.85.</translation>
        </message>
        <message>
            <source>这里只能填数字，例如 85。</source>
            <translation>Only a number here, for example 85.</translation>
        </message>
    </context>
    <context>
        <name>FigureEntry</name>
        <message>
            <source>按这个数算</source>
            <translation>Use this figure</translation>
        </message>
    </context>
    <context>
        <name>FirstRunPage</name>
        <message>
            <source>{}，换一个</source>
            <translation>{}, change</translation>
        </message>
        <message>
            <source>不选也能用，用到的时候再问。</source>
            <translation>You can go on without it; we ask when it is needed.</translation>
        </message>
        <message>
            <source>先选两样，以后都记着</source>
            <translation>Choose two things; they are remembered</translation>
        </message>
        <message>
            <source>只问这一次。以后在窗口上面随时可以换。</source>
            <translation>Asked only once. You can change both at the top of the window at any time.</translation>
        </message>
        <message>
            <source>在哪里参加的医保？</source>
            <translation>Where are you insured?</translation>
        </message>
        <message>
            <source>字要多大？</source>
            <translation>How large should the text be?</translation>
        </message>
        <message>
            <source>开始用</source>
            <translation>Start</translation>
        </message>
        <message>
            <source>看这一行字，看得清楚、不费劲就合适。</source>
            <translation>If you can read this line without effort, the size is right.</translation>
        </message>
        <message>
            <source>这台电脑上只记字号、颜色、参保地和窗口大小。您填的账单、问的事，都不记。</source>
            <translation>This computer remembers only text size, colours, place of insurance, language and window size. Your bills and questions are not kept.</translation>
        </message>
        <message>
            <source>选参保地</source>
            <translation>Choose the place of insurance</translation>
        </message>
    </context>
    <context>
        <name>FoldHead</name>
        <message>
            <source>{}，{}</source>
            <translation>{}, {}</translation>
        </message>
        <message>
            <source>已展开</source>
            <translation>open</translation>
        </message>
        <message>
            <source>已收起</source>
            <translation>closed</translation>
        </message>
        <message>
            <source>，</source>
            <translation>, </translation>
        </message>
    </context>
    <context>
        <name>Footer</name>
        <message>
            <source>{} 发布</source>
            <translation>issued {}</translation>
        </message>
        <message>
            <source>下一位</source>
            <translation>Next person</translation>
        </message>
        <message>
            <source>估算仅供参考，以当地医保经办机构为准。医保服务热线 12393</source>
            <translation>For reference only. The local insurance office decides. Hotline 12393</translation>
        </message>
        <message>
            <source>内容包 {} · 看来源</source>
            <translation>Content {} · sources</translation>
        </message>
        <message>
            <source>找工作人员</source>
            <translation>Ask staff</translation>
        </message>
        <message>
            <source>清除这一位填的，回首页。键盘按 F9</source>
            <translation>Clears what this person entered and goes to the first page. Key: F9</translation>
        </message>
        <message>
            <source>看来源</source>
            <translation>Sources</translation>
        </message>
        <message>
            <source>结束并清除</source>
            <translation>End and clear</translation>
        </message>
    </context>
    <context>
        <name>Header</name>
        <message>
            <source>医保帮手</source>
            <translation>医保帮手 Insurance Helper</translation>
        </message>
        <message>
            <source>参保地：{}</source>
            <translation>Insured in: {}</translation>
        </message>
        <message>
            <source>回首页</source>
            <translation>Home</translation>
        </message>
        <message>
            <source>字号</source>
            <translation>Text size</translation>
        </message>
        <message>
            <source>字号：{}</source>
            <translation>Text size: {}</translation>
        </message>
        <message>
            <source>换一个参保地</source>
            <translation>Choose another place of insurance</translation>
        </message>
        <message>
            <source>换一种字号</source>
            <translation>Change the text size</translation>
        </message>
        <message>
            <source>换一种颜色</source>
            <translation>Change the colours</translation>
        </message>
        <message>
            <source>还没选</source>
            <translation>not chosen</translation>
        </message>
        <message>
            <source>颜色</source>
            <translation>Colours</translation>
        </message>
        <message>
            <source>颜色：{}</source>
            <translation>Colours: {}</translation>
        </message>
    </context>
    <context>
        <name>HitCard</name>
        <message>
            <source>{}。{}{}</source>
            <translation>{}. {}{}</translation>
        </message>
        <message>
            <source>✓ 其实：{}</source>
            <translation>✓ In fact: {}</translation>
        </message>
    </context>
    <context>
        <name>HomePage</name>
        <message>
            <source>大家常问</source>
            <translation>People often ask</translation>
        </message>
        <message>
            <source>您想办什么？</source>
            <translation>What would you like to do?</translation>
        </message>
        <message>
            <source>换一种语言</source>
            <translation>Change the language</translation>
        </message>
        <message>
            <source>搜问题</source>
            <translation>Search</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>内容包里有文件坏了。请维护人员看看下面的说明。</source>
            <translation>A file of the content is broken. Please show the text below to the maintainer.</translation>
        </message>
        <message>
            <source>别的功能还能用。请维护人员看看下面的说明。</source>
            <translation>Everything else still works. Please show the text below to the maintainer.</translation>
        </message>
        <message>
            <source>医保帮手</source>
            <translation>医保帮手 Insurance Helper</translation>
        </message>
        <message>
            <source>可以先选别的地方，或请维护人员看看下面的说明。</source>
            <translation>Choose another place for now, or show the text below to the maintainer.</translation>
        </message>
        <message>
            <source>回首页</source>
            <translation>Home</translation>
        </message>
        <message>
            <source>换不了语言</source>
            <translation>The language cannot be changed</translation>
        </message>
        <message>
            <source>来源列表读不出来</source>
            <translation>The list of sources cannot be read</translation>
        </message>
        <message>
            <source>这一页的内容读不出来</source>
            <translation>This page cannot be read</translation>
        </message>
        <message>
            <source>这一项的内容读不出来</source>
            <translation>This part cannot be read</translation>
        </message>
        <message>
            <source>这个地方的内容读不出来</source>
            <translation>The content of this place cannot be read</translation>
        </message>
    </context>
    <context>
        <name>MessagePage</name>
        <message>
            <source>给维护人员看的</source>
            <translation>For the maintainer</translation>
        </message>
    </context>
    <context>
        <name>OpenBill</name>
        <message>
            <source>打开存过的账单</source>
            <translation>Open a saved bill</translation>
        </message>
        <message>
            <source>这个文件读不出来。请看看它还在不在。</source>
            <translation>This file cannot be read. Please check that it is still there.</translation>
        </message>
    </context>
    <context>
        <name>PinPage</name>
        <message>
            <source>PIN</source>
            <translation>PIN</translation>
        </message>
        <message>
            <source>PIN 不对，请再输一遍。</source>
            <translation>Wrong PIN. Please enter it again.</translation>
        </message>
        <message>
            <source>PIN 连错了几次。请等 {} 再试。</source>
            <translation>Wrong PIN several times. Please wait {} and try again.</translation>
        </message>
        <message>
            <source>不是工作人员，请按“回首页”。</source>
            <translation>If you are not staff, press Back to first page.</translation>
        </message>
        <message>
            <source>删除一位</source>
            <translation>Delete one digit</translation>
        </message>
        <message>
            <source>回首页</source>
            <translation>Home</translation>
        </message>
        <message>
            <source>工作人员请输入 PIN</source>
            <translation>Staff: enter the PIN</translation>
        </message>
        <message>
            <source>打开</source>
            <translation>Open</translation>
        </message>
    </context>
    <context>
        <name>ReadingAloud</name>
        <message>
            <source>停止</source>
            <translation>Stop</translation>
        </message>
        <message>
            <source>停止朗读</source>
            <translation>Stop reading aloud</translation>
        </message>
        <message>
            <source>朗读</source>
            <translation>Read aloud</translation>
        </message>
        <message>
            <source>朗读这一页</source>
            <translation>Read this page aloud</translation>
        </message>
    </context>
    <context>
        <name>ReadingPage</name>
        <message>
            <source>! 各地不同，以参保地的规定为准</source>
            <translation>! Varies by place. The rules of the place where you are insured apply</translation>
        </message>
        <message>
            <source>{}的规定</source>
            <translation>Rules of {}</translation>
        </message>
        <message>
            <source>{}：{}</source>
            <translation>{}: {}</translation>
        </message>
        <message>
            <source>✓ 其实：{}</source>
            <translation>✓ In fact: {}</translation>
        </message>
        <message>
            <source>、</source>
            <translation>, </translation>
        </message>
        <message>
            <source>也许还想看</source>
            <translation>You may also want to read</translation>
        </message>
        <message>
            <source>全部问题</source>
            <translation>All questions</translation>
        </message>
        <message>
            <source>同类的还有</source>
            <translation>Others of this kind</translation>
        </message>
        <message>
            <source>带走</source>
            <translation>Take away</translation>
        </message>
        <message>
            <source>常见问题</source>
            <translation>Common questions</translation>
        </message>
        <message>
            <source>扫码、打印或者存成 PDF</source>
            <translation>Scan codes, print or save as PDF</translation>
        </message>
        <message>
            <source>网上常见、但不对的说法，和正确的说法。</source>
            <translation>Things often said online that are wrong, and what is right.</translation>
        </message>
        <message>
            <source>这一篇的文件不在了。</source>
            <translation>The file of this page is gone.</translation>
        </message>
        <message>
            <source>（也叫{}）</source>
            <translation> (also called {})</translation>
        </message>
    </context>
    <context>
        <name>RegionPage</name>
        <message>
            <source>{}（{}）</source>
            <translation>{} ({})</translation>
        </message>
        <message>
            <source>只选{}，不选到市</source>
            <translation>Only {}, no city</translation>
        </message>
        <message>
            <source>带图钉的地方有本地规定；别的地方先看省里和全国的规定。</source>
            <translation>Places with a pin have local rules here; for the others you see the rules of the province and the nation.</translation>
        </message>
        <message>
            <source>您在哪里参加的医保？</source>
            <translation>Where are you insured?</translation>
        </message>
        <message>
            <source>打地名，或拼音首字母</source>
            <translation>Type a place, or its first letters: bj for Beijing</translation>
        </message>
        <message>
            <source>找到这些</source>
            <translation>Found</translation>
        </message>
        <message>
            <source>找地名</source>
            <translation>Find a place</translation>
        </message>
        <message>
            <source>换一个写法试试，或者清空后从省里选。</source>
            <translation>Try another spelling, or clear the field and choose a province.</translation>
        </message>
        <message>
            <source>换一个省</source>
            <translation>Another province</translation>
        </message>
        <message>
            <source>有本地规定</source>
            <translation>Has local rules</translation>
        </message>
        <message>
            <source>没有找到</source>
            <translation>Nothing found</translation>
        </message>
        <message>
            <source>省、自治区、直辖市</source>
            <translation>Provinces, regions and cities</translation>
        </message>
        <message>
            <source>看医保码或社保卡上的“参保地”。常住哪里不要紧，要看在哪里参保。</source>
            <translation>Look for "参保地" (place of insurance) in your medical insurance code or on your social security card. It is not about where you live, but where you are insured.</translation>
        </message>
    </context>
    <context>
        <name>SaveBill</name>
        <message>
            <source>以后可以打开接着算。里面只有看病的情况和金额，没有姓名和证件号。</source>
            <translation>You can open it later and go on. It holds only the visit and the amounts, no name or ID number.</translation>
        </message>
        <message>
            <source>存好了：{}</source>
            <translation>Saved: {}</translation>
        </message>
        <message>
            <source>把这张账单存成文件</source>
            <translation>Save this bill as a file</translation>
        </message>
        <message>
            <source>没能存到那里：可能满了，或者不让写。请换一个文件夹再试。</source>
            <translation>It could not be saved there: the disk may be full or closed to writing. Please try another folder.</translation>
        </message>
        <message>
            <source>账单</source>
            <translation>bill</translation>
        </message>
    </context>
    <context>
        <name>SearchPage</name>
        <message>
            <source>回首页</source>
            <translation>Home</translation>
        </message>
        <message>
            <source>搜问题</source>
            <translation>Search</translation>
        </message>
    </context>
    <context>
        <name>SharingWizard</name>
        <message>
            <source>完成</source>
            <translation>Done</translation>
        </message>
        <message>
            <source>看病时刷患者本人的医保码，钱从您的账户扣。医保卡和码不能借给别人用。</source>
            <translation>At the hospital, the patient's own medical insurance code is scanned; the money comes from your account. Never lend your card or code.</translation>
        </message>
        <message>
            <source>结果</source>
            <translation>Result</translation>
        </message>
    </context>
    <context>
        <name>SlipFrame</name>
        <message>
            <source>单子上的姓名、号码都不用填。</source>
            <translation>You need not enter the name or the numbers of the slip.</translation>
        </message>
        <message>
            <source>完成</source>
            <translation>Done</translation>
        </message>
        <message>
            <source>核对结果</source>
            <translation>Check result</translation>
        </message>
    </context>
    <context>
        <name>SourcesPage</name>
        <message>
            <source>{} {}，{} 发布</source>
            <translation>{} {}, published {}</translation>
        </message>
        <message>
            <source>{}（{} 份）</source>
            <translation>{} (sources: {})</translation>
        </message>
        <message>
            <source>{}：{}</source>
            <translation>{}: {}</translation>
        </message>
        <message>
            <source>可信程度是什么意思</source>
            <translation>What the grades mean</translation>
        </message>
        <message>
            <source>朗读：可以用，语音是 {}</source>
            <translation>Reading aloud: works, the voice is {}</translation>
        </message>
        <message>
            <source>朗读：正在看这台电脑有没有中文语音</source>
            <translation>Reading aloud: looking for a Chinese voice on this computer</translation>
        </message>
        <message>
            <source>朗读：系统的语音引擎出错了，重新打开程序可以再试</source>
            <translation>Reading aloud: the system's speech engine failed; open the program again to retry</translation>
        </message>
        <message>
            <source>朗读：这台电脑上不能用，没有装朗读组件，或者缺它要用的系统库</source>
            <translation>Reading aloud: not available here, the speech component or a system library it needs is missing</translation>
        </message>
        <message>
            <source>朗读：这台电脑上不能用，系统里没有中文语音</source>
            <translation>Reading aloud: not available here, the system has no Chinese voice</translation>
        </message>
        <message>
            <source>朗读：这台电脑上不能用，系统里没有语音引擎</source>
            <translation>Reading aloud: not available here, the system has no speech engine</translation>
        </message>
        <message>
            <source>每个数、每个步骤都有出处。可信程度不同，我们都标出来。</source>
            <translation>Every figure and every step has a source. Some are more reliable than others; we mark which.</translation>
        </message>
        <message>
            <source>程序版本 {}</source>
            <translation>Program version {}</translation>
        </message>
        <message>
            <source>请在 {} 前更新</source>
            <translation>Please update before {}</translation>
        </message>
        <message>
            <source>资料来源</source>
            <translation>Sources</translation>
        </message>
    </context>
    <context>
        <name>StaffHelpPage</name>
        <message>
            <source>在哪里</source>
            <translation>Where</translation>
        </message>
        <message>
            <source>工作人员会看到屏幕上的数。不想让人看到，可以先按“结束并清除”。</source>
            <translation>Staff will see the amounts on the screen. If you do not want that, first press "End and clear".</translation>
        </message>
        <message>
            <source>怎么说</source>
            <translation>What to say</translation>
        </message>
        <message>
            <source>找工作人员</source>
            <translation>Ask staff</translation>
        </message>
    </context>
    <context>
        <name>StaffPage</name>
        <message>
            <source>今天还没有到 5 次的。</source>
            <translation>Nothing has been used 5 times today yet.</translation>
        </message>
        <message>
            <source>今天，只到 5 的倍数；不到 5 次的不列。</source>
            <translation>Today, in multiples of 5; what was used fewer than 5 times is not listed.</translation>
        </message>
        <message>
            <source>做自检</source>
            <translation>Run self-test</translation>
        </message>
        <message>
            <source>存到 U 盘</source>
            <translation>Save to a USB stick</translation>
        </message>
        <message>
            <source>存好了：{}</source>
            <translation>Saved: {}</translation>
        </message>
        <message>
            <source>导出计数</source>
            <translation>Export counts</translation>
        </message>
        <message>
            <source>工作人员</source>
            <translation>Staff</translation>
        </message>
        <message>
            <source>擦屏幕</source>
            <translation>Clean the screen</translation>
        </message>
        <message>
            <source>正在自检，{} 秒</source>
            <translation>Self-test running, {} s</translation>
        </message>
        <message>
            <source>没能存到那里：可能满了，或者不让写。请换一个文件夹再试。</source>
            <translation>It could not be saved there: the disk may be full or closed to writing. Please try another folder.</translation>
        </message>
        <message>
            <source>状态存成文件</source>
            <translation>Save status as a file</translation>
        </message>
        <message>
            <source>用了多少次</source>
            <translation>How often it was used</translation>
        </message>
        <message>
            <source>这台机器</source>
            <translation>This machine</translation>
        </message>
        <message>
            <source>退出</source>
            <translation>Exit</translation>
        </message>
        <message>
            <source>重新启动</source>
            <translation>Restart</translation>
        </message>
    </context>
    <context>
        <name>TakeAwayPage</name>
        <message>
            <source>A4 大字</source>
            <translation>A4, large print</translation>
        </message>
        <message>
            <source>A4 纸大字，或者 80 毫米小票</source>
            <translation>A4 in large print, or an 80 mm receipt</translation>
        </message>
        <message>
            <source>PDF 文件 (*.pdf)</source>
            <translation>PDF files (*.pdf)</translation>
        </message>
        <message>
            <source>{} 个码</source>
            <translation>Codes: {}</translation>
        </message>
        <message>
            <source>{} 页</source>
            <translation>Pages: {}</translation>
        </message>
        <message>
            <source>上一个</source>
            <translation>Previous</translation>
        </message>
        <message>
            <source>下一个</source>
            <translation>Next</translation>
        </message>
        <message>
            <source>不用等，可以先按“换一种带法”。</source>
            <translation>You need not wait. You can press "Another way".</translation>
        </message>
        <message>
            <source>全文，{}</source>
            <translation>Full text, {}</translation>
        </message>
        <message>
            <source>回结果</source>
            <translation>Back to the result</translation>
        </message>
        <message>
            <source>大约 {} 厘米</source>
            <translation>about {} cm</translation>
        </message>
        <message>
            <source>存好了</source>
            <translation>Saved</translation>
        </message>
        <message>
            <source>存成 PDF</source>
            <translation>Save as PDF</translation>
        </message>
        <message>
            <source>存成文件，以后再看、再打印</source>
            <translation>Save a file to read or print later</translation>
        </message>
        <message>
            <source>它可能没有开、缺纸，或者正忙。可以再试一次，或者换一种带法。</source>
            <translation>It may be off, out of paper or busy. Try again, or choose another way.</translation>
        </message>
        <message>
            <source>小票 80 毫米</source>
            <translation>Receipt, 80 mm</translation>
        </message>
        <message>
            <source>已经送去打印</source>
            <translation>Sent to the printer</translation>
        </message>
        <message>
            <source>带哪一张</source>
            <translation>Which sheet</translation>
        </message>
        <message>
            <source>带多少</source>
            <translation>How much</translation>
        </message>
        <message>
            <source>怎么带走？</source>
            <translation>How do you want to take it with you?</translation>
        </message>
        <message>
            <source>手机上出现字了，再按“下一个”。</source>
            <translation>When the text is on your phone, press "Next".</translation>
        </message>
        <message>
            <source>手机扫一扫，字就在手机里，不用上网</source>
            <translation>Scan with your phone: the text is then on your phone, without internet</translation>
        </message>
        <message>
            <source>打印</source>
            <translation>Print</translation>
        </message>
        <message>
            <source>打印机</source>
            <translation>Printer</translation>
        </message>
        <message>
            <source>打印机没有接这份打印</source>
            <translation>The printer did not accept the print</translation>
        </message>
        <message>
            <source>打开手机相机或微信“扫一扫”，对准这个码。字会出现在手机里，不用上网。</source>
            <translation>Scan with your phone camera or WeChat (扫一扫). The text appears; no internet needed.</translation>
        </message>
        <message>
            <source>扫好了</source>
            <translation>Done scanning</translation>
        </message>
        <message>
            <source>扫码带走</source>
            <translation>Scan codes</translation>
        </message>
        <message>
            <source>换一种带法</source>
            <translation>Another way</translation>
        </message>
        <message>
            <source>正在找打印机…</source>
            <translation>Looking for printers…</translation>
        </message>
        <message>
            <source>正在送去打印…</source>
            <translation>Sending to the printer…</translation>
        </message>
        <message>
            <source>没有找到打印机</source>
            <translation>No printer found</translation>
        </message>
        <message>
            <source>没能存到那里</source>
            <translation>Could not save there</translation>
        </message>
        <message>
            <source>第 {} 个，共 {} 个</source>
            <translation>{} of {}</translation>
        </message>
        <message>
            <source>系统里没有这台打印机了</source>
            <translation>That printer is no longer there</translation>
        </message>
        <message>
            <source>纸</source>
            <translation>Paper</translation>
        </message>
        <message>
            <source>纸没有出来，可能是缺纸，或者打印机没有开。请找工作人员，或者换一种带法。</source>
            <translation>If no paper comes out, the printer may be out of paper or switched off. Ask the staff, or choose another way.</translation>
        </message>
        <message>
            <source>要点，{}</source>
            <translation>Main points, {}</translation>
        </message>
        <message>
            <source>请选别的打印机，或者换一种带法。</source>
            <translation>Choose another printer, or another way.</translation>
        </message>
        <message>
            <source>这台机器没有装打印机，或者打印机没有开。可以换一种带法。</source>
            <translation>This machine has no printer, or the printer is off. You can choose another way.</translation>
        </message>
        <message>
            <source>那个文件夹可能不让写，或者盘满了。请换一个文件夹，或者换一种带法。</source>
            <translation>The folder may not allow saving, or the disk is full. Choose another folder, or another way.</translation>
        </message>
    </context>
    <context>
        <name>Terms</name>
        <message>
            <source>点一下看是什么意思</source>
            <translation>Tap to see what it means</translation>
        </message>
    </context>
    <context>
        <name>WizardFrame</name>
        <message>
            <source>{} 年 {} 月 {} 日</source>
            <translation>{}-{}-{}</translation>
        </message>
        <message>
            <source>、</source>
            <translation>, </translation>
        </message>
        <message>
            <source>上一步</source>
            <translation>Back</translation>
        </message>
        <message>
            <source>下一步</source>
            <translation>Next</translation>
        </message>
        <message>
            <source>填了 {} 栏</source>
            <translation>lines filled in: {}</translation>
        </message>
        <message>
            <source>带走</source>
            <translation>Take away</translation>
        </message>
        <message>
            <source>您改了回答，这几项要重新选：{}。</source>
            <translation>You changed an answer. Please choose again: {}.</translation>
        </message>
        <message>
            <source>扫码、打印或者存成 PDF</source>
            <translation>Scan codes, print or save as PDF</translation>
        </message>
        <message>
            <source>没有填</source>
            <translation>not filled in</translation>
        </message>
        <message>
            <source>第 {} 步</source>
            <translation>Step {}</translation>
        </message>
        <message>
            <source>第 {} 步，共 {} 步</source>
            <translation>Step {} of {}</translation>
        </message>
        <message>
            <source>重新开始</source>
            <translation>Start again</translation>
        </message>
    </context>
    <context>
        <name>Working</name>
        <message>
            <source>全部展开</source>
            <translation>Open all</translation>
        </message>
        <message>
            <source>全部收起</source>
            <translation>Close all</translation>
        </message>
        <message>
            <source>每一行的依据全部展开</source>
            <translation>Open the sources of every line</translation>
        </message>
        <message>
            <source>每一行的依据全部收起</source>
            <translation>Close the sources of every line</translation>
        </message>
    </context>
    <context>
        <name>_AnswerPanel</name>
        <message>
            <source>修改</source>
            <translation>Change</translation>
        </message>
        <message>
            <source>修改{}</source>
            <translation>Change: {}</translation>
        </message>
        <message>
            <source>您的回答</source>
            <translation>Your answers</translation>
        </message>
        <message>
            <source>答过的会列在这里，随时可以改。</source>
            <translation>Your answers are listed here. You can change them at any time.</translation>
        </message>
    </context>
    <context>
        <name>_Files</name>
        <message>
            <source>账单文件 (*.{})</source>
            <translation>Bill files (*.{})</translation>
        </message>
    </context>
    <context>
        <name>_Head</name>
        <message>
            <source>依据：{}</source>
            <translation>Source: {}</translation>
        </message>
        <message>
            <source>点一下看是哪里说的</source>
            <translation>Tap to see who says so</translation>
        </message>
    </context>
    <context>
        <name>_StepList</name>
        <message>
            <source>已完成</source>
            <translation>done</translation>
        </message>
        <message>
            <source>当前</source>
            <translation>now</translation>
        </message>
        <message>
            <source>还没到</source>
            <translation>still to come</translation>
        </message>
    </context>
    <context>
        <name>_Stretch</name>
        <message>
            <source>，</source>
            <translation>, </translation>
        </message>
    </context>
    <context>
        <name>ui</name>
        <message>
            <source>85% 就填 85</source>
            <translation>For 85% enter 85</translation>
        </message>
        <message>
            <source>{:f} 天</source>
            <translation>{:f} days</translation>
        </message>
        <message>
            <source>{} 份资料</source>
            <translation>documents: {}</translation>
        </message>
        <message>
            <source>{} 分 {} 秒</source>
            <translation>{} min {} s</translation>
        </message>
        <message>
            <source>{} 分钟</source>
            <translation>{} min</translation>
        </message>
        <message>
            <source>{} 到 {}</source>
            <translation>{} to {}</translation>
        </message>
        <message>
            <source>{} 张合计</source>
            <translation>Total of {} bills</translation>
        </message>
        <message>
            <source>{} 条</source>
            <translation>{}</translation>
        </message>
        <message>
            <source>{} 种</source>
            <translation>{}</translation>
        </message>
        <message>
            <source>{} 秒</source>
            <translation>{} s</translation>
        </message>
        <message>
            <source>{}没有查到</source>
            <translation>Not found: {}</translation>
        </message>
        <message>
            <source>{}的网址二维码</source>
            <translation>QR code with the address of {}</translation>
        </message>
        <message>
            <source>{}，差 {}</source>
            <translation>{}, difference {}</translation>
        </message>
        <message>
            <source>{}：{}</source>
            <translation>{}: {}</translation>
        </message>
        <message>
            <source>“{}”已从 {} 改成 {}，重新核对了。</source>
            <translation>"{}" was changed from {} to {} and everything checked again.</translation>
        </message>
        <message>
            <source>、</source>
            <translation>, </translation>
        </message>
        <message>
            <source>上面用的是这一种</source>
            <translation>the one used above</translation>
        </message>
        <message>
            <source>上面的核对不受影响。</source>
            <translation>The check above is not affected.</translation>
        </message>
        <message>
            <source>上面算的是这一张</source>
            <translation>shown above</translation>
        </message>
        <message>
            <source>不找了</source>
            <translation>Stop looking</translation>
        </message>
        <message>
            <source>不用再开一个。请用开着的那一个；找不到它时，请重新启动电脑。</source>
            <translation>There is no need for another. Please use the open one; if you cannot find it, restart the computer.</translation>
        </message>
        <message>
            <source>不用您填的{}</source>
            <translation>Do not use your figure for {}</translation>
        </message>
        <message>
            <source>不用这个数</source>
            <translation>Do not use this figure</translation>
        </message>
        <message>
            <source>估算仅供参考，以医保经办机构的结算为准。</source>
            <translation>For reference only. The settlement by the insurance office decides.</translation>
        </message>
        <message>
            <source>估算能报多少、自己付多少，再看票据加得对不对</source>
            <translation>Estimate what insurance pays and what you pay, then check the sums on your slip</translation>
        </message>
        <message>
            <source>余额、消费明细、共济记录、缴费，手机、电话、窗口都列出来</source>
            <translation>Balance, spending, family sharing, contributions: by phone app, by call or at a counter</translation>
        </message>
        <message>
            <source>依据</source>
            <translation>Sources</translation>
        </message>
        <message>
            <source>依据 {}</source>
            <translation>Sources {}</translation>
        </message>
        <message>
            <source>元</source>
            <translation>yuan</translation>
        </message>
        <message>
            <source>关闭</source>
            <translation>Close</translation>
        </message>
        <message>
            <source>内容包该更新了</source>
            <translation>This content is due for an update</translation>
        </message>
        <message>
            <source>内容包读不出来</source>
            <translation>The content cannot be read</translation>
        </message>
        <message>
            <source>再加一张今年的账单</source>
            <translation>Add another bill of this year</translation>
        </message>
        <message>
            <source>再找一找</source>
            <translation>Look again</translation>
        </message>
        <message>
            <source>删去</source>
            <translation>Remove</translation>
        </message>
        <message>
            <source>删去{}这张</source>
            <translation>Remove the bill of {}</translation>
        </message>
        <message>
            <source>删去了一张{}账单。</source>
            <translation>One bill was removed{}.</translation>
        </message>
        <message>
            <source>删去这张</source>
            <translation>Remove this bill</translation>
        </message>
        <message>
            <source>删除一个字</source>
            <translation>Delete one letter</translation>
        </message>
        <message>
            <source>删除一位</source>
            <translation>Delete one digit</translation>
        </message>
        <message>
            <source>别的可能</source>
            <translation>Other possibilities</translation>
        </message>
        <message>
            <source>别的级别，报销是一样的，或者没有查到。</source>
            <translation>Other levels: insurance pays the same, or it was not found.</translation>
        </message>
        <message>
            <source>医保帮手</source>
            <translation>医保帮手 Insurance Helper</translation>
        </message>
        <message>
            <source>医保帮手已经开着了</source>
            <translation>The helper is already open</translation>
        </message>
        <message>
            <source>医院等级</source>
            <translation>Hospital level</translation>
        </message>
        <message>
            <source>原因没有找完</source>
            <translation>Not everything was tried</translation>
        </message>
        <message>
            <source>去哪里查</source>
            <translation>Where to check</translation>
        </message>
        <message>
            <source>去填上</source>
            <translation>Fill it in</translation>
        </message>
        <message>
            <source>去问的时候带上这张纸</source>
            <translation>Take this sheet along when you ask</translation>
        </message>
        <message>
            <source>只能当参考：那时的规定，不一定还管现在。</source>
            <translation>A rough guide only: the rules of that time may not apply now.</translation>
        </message>
        <message>
            <source>同样的病，在不同级别的医院</source>
            <translation>The same illness at hospitals of other levels</translation>
        </message>
        <message>
            <source>回到搜索</source>
            <translation>Back to the search</translation>
        </message>
        <message>
            <source>回到首页</source>
            <translation>Back to first page</translation>
        </message>
        <message>
            <source>回首页</source>
            <translation>Home</translation>
        </message>
        <message>
            <source>填整数</source>
            <translation>A whole number</translation>
        </message>
        <message>
            <source>多少元</source>
            <translation>How many yuan</translation>
        </message>
        <message>
            <source>多少天</source>
            <translation>How many days</translation>
        </message>
        <message>
            <source>大</source>
            <translation>large</translation>
        </message>
        <message>
            <source>天</source>
            <translation>days</translation>
        </message>
        <message>
            <source>家庭共济怎么办</source>
            <translation>Share account money with family</translation>
        </message>
        <message>
            <source>小数点</source>
            <translation>Decimal point</translation>
        </message>
        <message>
            <source>常见误传</source>
            <translation>Common false claims</translation>
        </message>
        <message>
            <source>怎么算出来的</source>
            <translation>How it was worked out</translation>
        </message>
        <message>
            <source>怎么算出来的 · {}</source>
            <translation>How it was worked out · {}</translation>
        </message>
        <message>
            <source>您填的</source>
            <translation>from you</translation>
        </message>
        <message>
            <source>您选的</source>
            <translation>your choice</translation>
        </message>
        <message>
            <source>手机扫码打开</source>
            <translation>Scan to open</translation>
        </message>
        <message>
            <source>找原因时出了错</source>
            <translation>Something went wrong while looking for the cause</translation>
        </message>
        <message>
            <source>把“{}”改回 {}</source>
            <translation>Change "{}" back to {}</translation>
        </message>
        <message>
            <source>把“{}”改成 {}</source>
            <translation>Change "{}" to {}</translation>
        </message>
        <message>
            <source>按 {} 年 {} 月 {} 日的规定算一算</source>
            <translation>Work it out by the rules of {}-{}-{}</translation>
        </message>
        <message>
            <source>按您填的算：{} {}</source>
            <translation>Using your figure: {} {}</translation>
        </message>
        <message>
            <source>接着填</source>
            <translation>Go on filling in</translation>
        </message>
        <message>
            <source>改回 {}</source>
            <translation>Back to {}</translation>
        </message>
        <message>
            <source>改成这个</source>
            <translation>Change to this</translation>
        </message>
        <message>
            <source>放回去</source>
            <translation>Put it back</translation>
        </message>
        <message>
            <source>有的规定我们没有查到。不知道的数，我们不猜。</source>
            <translation>Some rules we did not find. We do not guess a figure we do not know.</translation>
        </message>
        <message>
            <source>标准</source>
            <translation>standard</translation>
        </message>
        <message>
            <source>正在找原因…</source>
            <translation>Looking for the cause…</translation>
        </message>
        <message>
            <source>浅色</source>
            <translation>light</translation>
        </message>
        <message>
            <source>深色</source>
            <translation>dark</translation>
        </message>
        <message>
            <source>清空</source>
            <translation>Clear</translation>
        </message>
        <message>
            <source>照单子上的数填</source>
            <translation>As printed on the slip</translation>
        </message>
        <message>
            <source>特大</source>
            <translation>very large</translation>
        </message>
        <message>
            <source>现在就查去哪里办</source>
            <translation>See now where to go</translation>
        </message>
        <message>
            <source>现在就看能不能共济</source>
            <translation>See now if you can share</translation>
        </message>
        <message>
            <source>现在就算一算</source>
            <translation>Estimate now</translation>
        </message>
        <message>
            <source>用的是“{}”</source>
            <translation>Used: "{}"</translation>
        </message>
        <message>
            <source>百分之多少</source>
            <translation>How many percent</translation>
        </message>
        <message>
            <source>看{}怎么办</source>
            <translation>See what to do for {}</translation>
        </message>
        <message>
            <source>看{}这张怎么算</source>
            <translation>See how the bill of {} was worked out</translation>
        </message>
        <message>
            <source>看家人能不能用您的医保个人账户，要带什么、在哪里办</source>
            <translation>See if your family can use your medical insurance account, what to bring and where to go</translation>
        </message>
        <message>
            <source>看怎么办</source>
            <translation>See what to do</translation>
        </message>
        <message>
            <source>看这张怎么算</source>
            <translation>See how it was worked out</translation>
        </message>
        <message>
            <source>程序本身没有坏，是里面的资料文件缺了或坏了。请重新安装，或把下面的话告诉维护人员。</source>
            <translation>The program itself is fine: its content files are missing or broken. Please install it again, or show the text below to the maintainer.</translation>
        </message>
        <message>
            <source>程序没有打开。请维护人员照下面的说明改好设置文件，再打开一次。</source>
            <translation>The program did not open. Whoever maintains it: please mend the settings file as told below, then open it again.</translation>
        </message>
        <message>
            <source>第 {} 页，共 {} 页</source>
            <translation>Page {} of {}</translation>
        </message>
        <message>
            <source>结算单上如果印着“{}”，填在这里就能接着算。</source>
            <translation>If your settlement slip has "{}", enter it here and the estimate can go on.</translation>
        </message>
        <message>
            <source>结算日期</source>
            <translation>Settled on</translation>
        </message>
        <message>
            <source>统筹基金不付哪些</source>
            <translation>What the pooled fund does not pay</translation>
        </message>
        <message>
            <source>缺的是：{}</source>
            <translation>Missing: {}</translation>
        </message>
        <message>
            <source>能确定的部分</source>
            <translation>What is certain</translation>
        </message>
        <message>
            <source>设置文件要改</source>
            <translation>The settings file has to be mended</translation>
        </message>
        <message>
            <source>词语解释</source>
            <translation>Words explained</translation>
        </message>
        <message>
            <source>请从列出的几项里选。</source>
            <translation>Please choose from the answers.</translation>
        </message>
        <message>
            <source>请从列出的几项里选一项。</source>
            <translation>Please choose one of the answers.</translation>
        </message>
        <message>
            <source>请填写金额。</source>
            <translation>Please enter an amount.</translation>
        </message>
        <message>
            <source>请选择日期。</source>
            <translation>Please choose a date.</translation>
        </message>
        <message>
            <source>读法：{}</source>
            <translation>Reading: {}</translation>
        </message>
        <message>
            <source>返回</source>
            <translation>Back</translation>
        </message>
        <message>
            <source>还不知道</source>
            <translation>not known yet</translation>
        </message>
        <message>
            <source>还差一个数：{}</source>
            <translation>One figure is missing: {}</translation>
        </message>
        <message>
            <source>还有一张没填完{}，没有算进来。</source>
            <translation>One bill is not finished{} and not counted.</translation>
        </message>
        <message>
            <source>还算不出来</source>
            <translation>cannot be worked out yet</translation>
        </message>
        <message>
            <source>还要知道</source>
            <translation>Also good to know</translation>
        </message>
        <message>
            <source>这一年的账单</source>
            <translation>The bills of this year</translation>
        </message>
        <message>
            <source>这一页有的内容还只有中文。</source>
            <translation>Part of this page is only in Chinese for now.</translation>
        </message>
        <message>
            <source>这个文件不是这里存的账单。</source>
            <translation>This file is not a bill saved here.</translation>
        </message>
        <message>
            <source>这个文件不是这里存的账单，或者坏了。</source>
            <translation>This file is not a bill saved here, or it is damaged.</translation>
        </message>
        <message>
            <source>这个文件坏了，读不全。请重新填一次。</source>
            <translation>This file is damaged and cannot be read in full. Please fill it in again.</translation>
        </message>
        <message>
            <source>这个文件太大了，不是这里存的账单。</source>
            <translation>This file is too large; it is not a bill saved here.</translation>
        </message>
        <message>
            <source>这些账单以后，今年还剩多少</source>
            <translation>After these bills: what is left this year</translation>
        </message>
        <message>
            <source>这份内容应在 {} 前复核。用到的数请再向当地核实。</source>
            <translation>This content was to be reviewed before {}. Please check any figure you use with the local office.</translation>
        </message>
        <message>
            <source>这张账单对不对</source>
            <translation>Is this bill right?</translation>
        </message>
        <message>
            <source>这张账单是用更新的程序存的，这里打不开。请换用新程序，或者重新填一次。</source>
            <translation>This bill was saved by a newer program and cannot be opened here. Please use the newer program, or fill it in again.</translation>
        </message>
        <message>
            <source>这张账单现在还不能估算</source>
            <translation>This bill cannot be estimated yet</translation>
        </message>
        <message>
            <source>这样算的前提</source>
            <translation>What this assumes</translation>
        </message>
        <message>
            <source>这次以后累计：{}</source>
            <translation>Used so far after this bill: {}</translation>
        </message>
        <message>
            <source>这次以后，今年还剩多少</source>
            <translation>After this bill: what is left this year</translation>
        </message>
        <message>
            <source>这笔钱能不能用医保付</source>
            <translation>Can insurance pay for this?</translation>
        </message>
        <message>
            <source>这部分怎么算出来的</source>
            <translation>How this part was worked out</translation>
        </message>
        <message>
            <source>这里只能填数字，例如 1234.56。</source>
            <translation>Only a number here, for example 1234.56.</translation>
        </message>
        <message>
            <source>金额不能是负数。</source>
            <translation>An amount cannot be negative.</translation>
        </message>
        <message>
            <source>金额太大了，请检查是不是多按了几位。</source>
            <translation>The amount is too large. Check if you pressed some digits too many.</translation>
        </message>
        <message>
            <source>金额最多到分，也就是小数点后两位。</source>
            <translation>At most two decimals (fen).</translation>
        </message>
        <message>
            <source>高对比</source>
            <translation>high contrast</translation>
        </message>
        <message>
            <source>（{}）</source>
            <translation> ({})</translation>
        </message>
        <message>
            <source>，</source>
            <translation>, </translation>
        </message>
    </context>
</TS>
