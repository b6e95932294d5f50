namespace SmsCampaign.Installations;

/// <summary>Puts the service on Windows: under a virtual account of its own, with its data for that account, the system
/// and administrators alone.</summary>
/// <remarks>Checked by its commands alone, never on a Windows here. Virtual accounts (NT SERVICE\NAME) and icacls:
/// learn.microsoft.com, "Service accounts" and "icacls".</remarks>
static class WindowsSteps
{
    const string Name = "SmsCampaign";
    const string Opt = @"C:\Program Files\sms-campaign";
    const string Data = @"C:\ProgramData\sms-campaign";

    public static IReadOnlyList<InstallStep> Of(MachinePlaces machine)
    {
        var program = $@"{Opt}\sms-campaign.exe";
        var run = $@"\""{program}\"" worker --data \""{Data}\data\"" "
            + $@"--installation \""{Data}\config\smscampaign.json\""";
        return
        [
            .. machine.Program.Equals(Opt, StringComparison.OrdinalIgnoreCase)
                ? Array.Empty<InstallStep>()
                :
                [
                    new(
                        new Wording("chương trình", "the program"),
                        ["xcopy", machine.Program, Opt, "/E", "/I", "/Y", "/Q"],
                        false),
                ],
            new(
                new Wording("tệp cấu hình, để sửa", "the settings, to be edited"),
                ["xcopy", $@"{machine.Program}\config", $@"{Data}\config", "/E", "/I", "/Y", "/Q"],
                machine.Exists($@"{Data}\config\smscampaign.json")),
            new(
                new Wording("dịch vụ, chạy bằng tài khoản riêng", "the service, under an account of its own"),
                ["sc.exe", "create", Name, "binPath=", run, "start=", "delayed-auto", "obj=", $@"NT SERVICE\{Name}"],
                false),
            new(
                new Wording("tự chạy lại khi dừng vì lỗi", "it starts again when it fails"),
                ["sc.exe", "failure", Name, "reset=", "0", "actions=", "restart/10000"],
                false),
            new(
                new Wording("thư mục dữ liệu", "the data folder"),
                ["cmd.exe", "/c", "mkdir", $@"{Data}\data"],
                machine.Exists($@"{Data}\data")),
            new(
                new Wording("chỉ dịch vụ và quản trị viên đọc được", "for the service and administrators alone"),
                [
                    "icacls", Data, "/inheritance:r", "/grant:r", $@"NT SERVICE\{Name}:(OI)(CI)M",
                    "*S-1-5-18:(OI)(CI)F", "*S-1-5-32-544:(OI)(CI)F",
                ],
                false),
        ];
    }

    public static Wording Next { get; } = new(
        $@"Việc tiếp theo: sửa {Data}\config\smscampaign.json, đặt bí mật thành biến môi trường của dịch vụ, rồi: "
            + $"sc.exe start {Name}",
        $@"Next: edit {Data}\config\smscampaign.json, set the secrets as variables of the service, then: "
            + $"sc.exe start {Name}");
}
