; Windows 安装程序。由 packaging/make_setup.py 编译，它给出下面用到的名字：
;   VERSION   两个版本，写给人看；NUMBERS   四个数，写给 Windows
;   FOLDER    要装的文件夹；REMOVE   逐个删去这些文件的清单；OUT   安装程序
;
; 不用管理员也能装（只给自己用）；管理员可以给所有人装。安静安装：setup.exe /S /CurrentUser 或 /AllUsers，
; 最后还可以写 /D=文件夹。

Unicode true
SetCompressor /SOLID lzma
ManifestDPIAware true
ManifestSupportedOS Win10

!define NAME "yibao-desktop"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"

; 同一次安装放在哪里、给谁装，记在卸载信息旁边：下次升级、卸载都照着做。
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_INSTALLMODE_INSTDIR "${NAME}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${UNINSTALL}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${UNINSTALL}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "UninstallString"

!include MultiUser.nsh
!include MUI2.nsh
!include WinVer.nsh
!include x64.nsh
!include FileFunc.nsh
!include LogicLib.nsh

Name "$(TITLE)"
OutFile "${OUT}"
BrandingText " "
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey /LANG=2052 "ProductName" "医保帮手"
VIAddVersionKey /LANG=2052 "FileDescription" "医保帮手安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT License"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\yibao-desktop.exe"
!define MUI_FINISHPAGE_RUN_TEXT "$(RUN)"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE CheckFolder
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

; 排在前面的，是系统语言两样都不是时用的。
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"

LangString TITLE ${LANG_SIMPCHINESE} "医保帮手"
LangString TITLE ${LANG_ENGLISH} "Yibao Helper"
LangString RUN ${LANG_SIMPCHINESE} "打开医保帮手"
LangString RUN ${LANG_ENGLISH} "Open Yibao Helper"
LangString TOO_OLD ${LANG_SIMPCHINESE} "医保帮手需要 64 位的 Windows 10（1809 版）或更新的系统。"
LangString TOO_OLD ${LANG_ENGLISH} "Yibao Helper needs Windows 10 (version 1809) or newer, 64-bit."
LangString OPEN ${LANG_SIMPCHINESE} "医保帮手正开着。请先关掉它，再点“重试”。"
LangString OPEN ${LANG_ENGLISH} "Yibao Helper is open. Please close it, then choose Retry."
LangString NOT_EMPTY ${LANG_SIMPCHINESE} "这个文件夹里有别的东西。请另选一个空的或新的文件夹。"
LangString NOT_EMPTY ${LANG_ENGLISH} "There is something else in this folder. Please choose an empty or a new one."
LangString OLD_STAYS ${LANG_SIMPCHINESE} "原来的版本没有卸载干净，安装停下了。请重新启动电脑后再试。"
LangString OLD_STAYS ${LANG_ENGLISH} "The earlier version could not be removed. Please restart the computer and try again."

; 正开着的程序，文件换不了：打开来写一写就知道。安静安装时直接停下。
!macro WAIT_UNTIL_CLOSED
  again:
  ${If} ${FileExists} "$INSTDIR\yibao-desktop.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\yibao-desktop.exe" a
    ${If} ${Errors}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(OPEN)" /SD IDCANCEL IDRETRY again
      SetErrorLevel 3
      Abort
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 17763
    MessageBox MB_OK|MB_ICONSTOP "$(TOO_OLD)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  SetRegView 64
  ; MULTIUSER_INIT 会改掉 /D= 给的文件夹，记下来再放回去。
  StrCpy $R9 $INSTDIR
  !insertmacro MULTIUSER_INIT
  ${If} $R9 != ""
    StrCpy $INSTDIR $R9
  ${EndIf}
FunctionEnd

Function un.onInit
  SetRegView 64
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

; 只装进空的文件夹，或原来就装着医保帮手的那一个。
Function CheckFolder
  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
    Return
  ${EndIf}
  ${DirState} "$INSTDIR" $0
  ${If} $0 == 1
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(NOT_EMPTY)" /SD IDOK
    Abort
  ${EndIf}
FunctionEnd

Section
  !insertmacro WAIT_UNTIL_CLOSED
  ; 先卸掉原来的版本，免得留下它才有的文件。_? 让卸载程序就地运行，等得到它结束。
  ReadRegStr $1 SHCTX "${UNINSTALL}" "InstallLocation"
  ${If} $1 != ""
  ${AndIf} ${FileExists} "$1\uninstall.exe"
    ExecWait '"$1\uninstall.exe" /S /$MultiUser.InstallMode _?=$1' $0
    ${If} $0 != 0
      MessageBox MB_OK|MB_ICONSTOP "$(OLD_STAYS)" /SD IDOK
      SetErrorLevel 4
      Abort
    ${EndIf}
    Delete "$1\uninstall.exe"
    RMDir "$1"
  ${EndIf}

  SetDateSave off
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\医保帮手.lnk" "$INSTDIR\yibao-desktop.exe"

  WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "医保帮手"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayIcon" "$INSTDIR\yibao-desktop.exe"
  WriteRegStr SHCTX "${UNINSTALL}" "Publisher" "yibao-desktop"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S /$MultiUser.InstallMode'
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD SHCTX "${UNINSTALL}" "EstimatedSize" $0
SectionEnd

; 逐个删装上的文件，不整个删文件夹：里面可能有人放了自己的东西。
Section "Uninstall"
  !insertmacro WAIT_UNTIL_CLOSED
  !include "${REMOVE}"
  Delete "$SMPROGRAMS\医保帮手.lnk"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey SHCTX "${UNINSTALL}"
SectionEnd
