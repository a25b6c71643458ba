# 把 shell-launcher.xml 里写的设到这台电脑上。用管理员身份打开 Windows PowerShell 5.1 运行：
#
#     powershell -ExecutionPolicy Bypass -File set-shell-launcher.ps1
#     powershell -ExecutionPolicy Bypass -File set-shell-launcher.ps1 -Remove
#
# 要 Windows 企业版、教育版或 IoT 企业版；专业版、家庭版没有 Shell Launcher。
# 账户（shell-launcher.xml 里的 Account Name）要先建好，是标准用户，不是管理员。

param(
    [string]$Configuration = (Join-Path $PSScriptRoot 'shell-launcher.xml'),
    [switch]$Remove
)

$ErrorActionPreference = 'Stop'
$actions = @{ RestartShell = 0; RestartDevice = 1; ShutdownDevice = 2; DoNothing = 3 }

$identity = New-Object Security.Principal.WindowsPrincipal ([Security.Principal.WindowsIdentity]::GetCurrent())
if (-not $identity.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
    throw '请用管理员身份运行。'
}

$xml = New-Object Xml.XmlDocument
$xml.Load($Configuration)
$launcher = $xml.ShellLauncherConfiguration
$account = $launcher.Configs.Config.Account.GetAttribute('Name')
$shell = $launcher.Profiles.Profile.Shell
$sid = (New-Object Security.Principal.NTAccount $account).Translate([Security.Principal.SecurityIdentifier]).Value

$feature = Get-WindowsOptionalFeature -Online -FeatureName Client-EmbeddedShellLauncher
if (-not $feature) {
    throw '这一版 Windows 没有 Shell Launcher。'
}
if ($feature.State -ne 'Enabled') {
    $done = Enable-WindowsOptionalFeature -Online -All -NoRestart -FeatureName Client-EmbeddedShellLauncher
    if ($done.RestartNeeded) {
        Write-Host '已经打开 Shell Launcher。请重新启动电脑，再运行一次。'
        exit 0
    }
}

$setting = [wmiclass]'\\localhost\root\standardcimv2\embedded:WESL_UserSetting'
try { [void]$setting.RemoveCustomShell($sid) } catch { Write-Verbose '以前没有设过。' }
if ($Remove) {
    Write-Host "账户 $account 登录后又是 Windows 桌面。"
    exit 0
}

$codes = @()
$codeActions = @()
foreach ($entry in $shell.ReturnCodeActions.ReturnCodeAction) {
    $codes += [int]$entry.GetAttribute('ReturnCode')
    $codeActions += [int]$actions[$entry.GetAttribute('Action')]
}

$command = $shell.GetAttribute('Shell')
$default = [int]$actions[$shell.DefaultAction.GetAttribute('Action')]

# 别的账户还是 Windows 桌面：不写这一行，管理员登录后也没有桌面。
[void]$setting.SetDefaultShell('explorer.exe', $actions['RestartShell'])
[void]$setting.SetCustomShell($sid, $command, $codes, $codeActions, $default)
[void]$setting.SetEnabled($true)

Write-Host "账户 $account 登录后启动："
Get-WmiObject -Namespace root\standardcimv2\embedded -Class WESL_UserSetting |
    Where-Object { $_.Sid -eq $sid } |
    Format-List Shell, CustomReturnCodes, CustomReturnCodesAction, DefaultAction
