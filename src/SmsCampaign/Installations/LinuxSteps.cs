namespace SmsCampaign.Installations;

/// <summary>Puts the service on a Linux with systemd, where no package does: the same places but for
/// <c>/usr/local</c>.</summary>
static class LinuxSteps
{
    const string Opt = "/opt/sms-campaign";
    const string Etc = "/etc/sms-campaign";
    const string Unit = "/etc/systemd/system/sms-campaign.service";
    const string Wrapper = "/usr/local/sbin/sms-campaign-live";
    const string Sudoers = "/etc/sudoers.d/sms-campaign";
    const string Account = "sms-campaign";
    const string Officers = "sms-campaign-officers";

    /// <summary>What an engineer may have changed: never written over.</summary>
    static readonly string[] Settings = ["smscampaign.json", "carriers.csv", "prefixes.csv"];

    public static IReadOnlyList<InstallStep> Of(MachinePlaces machine) =>
    [
        new(
            new Wording("tài khoản riêng của dịch vụ", "an account of the service's own"),
            ["useradd", "--system", "--home-dir", "/var/lib/sms-campaign", "--shell", "/usr/sbin/nologin", Account],
            machine.HasAccount(Account)),
        new(
            new Wording("nhóm của các cán bộ", "a group of the officers"),
            ["groupadd", "--system", Officers],
            machine.HasAccount(Officers)),
        .. machine.Program == Opt
            ? Array.Empty<InstallStep>()
            :
            [
                new(
                    new Wording("thư mục chương trình", "the program's folder"),
                    ["mkdir", "-p", Opt],
                    machine.Exists(Opt)),
                new(
                    new Wording("chương trình", "the program"),
                    ["cp", "-r", "--remove-destination", $"{machine.Program}/.", Opt],
                    false),
            ],
        new(
            new Wording("nơi để tệp cấu hình và tệp chiến dịch", "the place of settings and campaign files"),
            ["mkdir", "-p", $"{Etc}/campaigns"],
            machine.Exists($"{Etc}/campaigns")),
        .. Settings.Select(name => new InstallStep(
            new Wording($"tệp cấu hình {name}, để sửa", $"the settings file {name}, to be edited"),
            ["cp", $"{machine.Program}/config/{name}", $"{Etc}/{name}"],
            machine.Exists($"{Etc}/{name}"))),
        new(
            new Wording("mô tả các khóa của tệp cấu hình", "the schemas of the settings"),
            ["cp", "-r", $"{machine.Program}/config/schema", Etc],
            false),
        new(
            new Wording("tệp để bí mật, chỉ root đọc được", "the file of secrets, root's alone"),
            ["install", "-o", "root", "-g", "root", "-m", "0600", "/dev/null", $"{Etc}/secrets.env"],
            machine.Exists($"{Etc}/secrets.env")),
        new(
            new Wording("lệnh dành cho cán bộ", "the officers' command"),
            ["install", "-m", "0755", $"{machine.Program}/config/sms-campaign-live", Wrapper],
            false),
        new(
            new Wording("quyền chạy lệnh đó qua sudo", "their right to run it by sudo"),
            [
                "sh", "-c",
                $"umask 337; echo \"%{Officers} ALL=(root) NOPASSWD: {Wrapper}\" > {Sudoers}",
            ],
            machine.Exists(Sudoers)),
        new(
            new Wording("dịch vụ của systemd", "the unit of systemd"),
            ["install", "-m", "0644", $"{machine.Program}/config/sms-campaign.service", Unit],
            false),
        new(
            new Wording("để systemd đọc dịch vụ", "systemd reads it"),
            ["systemctl", "daemon-reload"],
            false),
    ];

    public static Wording Next { get; } = new(
        $"Việc tiếp theo: sửa {Etc}/smscampaign.json (kênh gửi, tốc độ; 'numbers.ported' là danh sách của nhà mạng "
            + $"hoặc []), ghi bí mật vào {Etc}/secrets.env, rồi: systemctl enable --now sms-campaign",
        $"Next: edit {Etc}/smscampaign.json (lanes, rates; 'numbers.ported' is the carriers' list or []), write "
            + $"the secrets into {Etc}/secrets.env, then: systemctl enable --now sms-campaign");
}
