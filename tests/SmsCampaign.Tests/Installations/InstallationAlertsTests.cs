using SmsCampaign.Alerts;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Tests.Installations;

/// <summary>The section alerts of the installation file.</summary>
public sealed class InstallationAlertsTests : InstallationCase
{
    static readonly Dictionary<string, string> Secrets = new()
    {
        ["MAIL_PASSWORD"] = "mat-khau",
        ["HOOK_SECRET"] = "khoa-bi-mat-cua-webhook",
    };

    [Fact]
    public void All_of_it_is_read()
    {
        var alerts = Good(With("""
            "name": "Sở KH&CN", "remindEvery": "00:30:00",
            "persons": [
              { "name": "Nguyễn Văn A", "mail": "a@so.example", "severityFrom": "warning", "quietHours": "21:30-06:30" }
            ],
            "smtp": {
              "host": "mail.so.example", "user": "sms", "password": "${env:MAIL_PASSWORD}", "from": "sms@so.example"
            },
            "webhook": { "url": "https://chat.so.example/x", "secret": "${env:HOOK_SECRET}" },
            "command": { "path": "bao", "arguments": ["--nhom", "truc"] }
            """), Secrets).Alerts;

        var person = Assert.Single(alerts.Persons);
        Assert.Equal(
            ("Nguyễn Văn A", AlertSeverity.Warning, "21:30-06:30"),
            (person.Name, person.SeverityFrom, person.QuietHours));
        Assert.Equal((587, MailTls.StartTls, "mat-khau"), (alerts.Smtp!.Port, alerts.Smtp.Tls, alerts.Smtp.Password));
        Assert.Equal("khoa-bi-mat-cua-webhook", alerts.Webhook!.Secret);
        Assert.Equal(Path.Combine(_folder, "bao"), alerts.Command!.Path);
        Assert.Equal(TimeSpan.FromMinutes(30), alerts.RemindEvery);
        Assert.True(alerts.IsSet);
    }

    [Fact]
    public void Without_it_nobody_is_told() =>
        Assert.False(Good($$"""{ "lanes": { "a": { {{Lane}} } } }""").Alerts.IsSet);

    [Theory]
    [InlineData("""
        "persons": [{ "name": "A", "mail": "a@so.example" }]
        """, "persons: Có người nhận cảnh báo nhưng chưa có máy chủ thư")]
    [InlineData("""
        "smtp": { "host": "m", "from": "a@b" }
        """, "smtp: Có máy chủ thư nhưng chưa có ai nhận")]
    [InlineData("""
        "persons": [{ "name": "A", "mail": "a@so.example" }, { "name": "B", "mail": "A@so.example" }],
        "smtp": { "host": "m", "from": "a@b" }
        """, "persons[1].mail: Địa chỉ A@so.example đã có ở trên")]
    [InlineData("""
        "persons": [{ "name": "A", "mail": "a@so.example", "quietHours": "06:00-06:00" }],
        "smtp": { "host": "m", "from": "a@b" }
        """, "persons[0].quietHours: Giờ bắt đầu và giờ kết thúc giống nhau")]
    [InlineData("""
        "persons": [{ "name": "A", "mail": "a@so.example" }],
        "smtp": { "host": "mail.so.example", "from": "a@b", "tls": "none" }
        """, "smtp.tls: Không có TLS thì thư đi tới máy khác ở dạng đọc được")]
    [InlineData("""
        "persons": [{ "name": "A", "mail": "a@so.example" }],
        "smtp": {
          "host": "mail.so.example", "from": "a@b", "tls": "none", "allowPlain": "mạng riêng của tỉnh",
          "user": "u", "password": "${env:MAIL_PASSWORD}"
        }
        """, "smtp.password: Không gửi mật khẩu tới máy khác khi không có TLS")]
    [InlineData("""
        "persons": [{ "name": "A", "mail": "a@so.example" }],
        "smtp": { "host": "127.0.0.1", "from": "a@b", "tls": "none", "allowPlain": "mạng riêng của tỉnh" }
        """, "smtp.allowPlain: Thư không đi qua mạng ở dạng đọc được")]
    [InlineData("""
        "persons": [{ "name": "A", "mail": "a@so.example" }],
        "smtp": { "host": "m", "from": "a@b", "user": "u" }
        """, "smtp.user: 'user' và 'password' phải đi cùng nhau")]
    [InlineData("""
        "webhook": { "url": "http://chat.so.example/x", "secret": "${env:HOOK_SECRET}" }
        """, "webhook.url: Cần địa chỉ https đầy đủ")]
    [InlineData("""
        "webhook": { "url": "https://u:p@chat.so.example/x", "secret": "${env:HOOK_SECRET}" }
        """, "webhook.url: Không viết tên và mật khẩu trong địa chỉ")]
    public void What_does_not_fit_is_said_at_its_place(string section, string said)
    {
        var reading = Read(With(section), Secrets);

        Assert.Null(reading.Installation);
        var (key, words) = (said.Split(": ")[0], said.Split(": ", 2)[1]);
        Assert.Contains(
            reading.Problems,
            problem => $"{problem.Where?.Key}".EndsWith(key, StringComparison.Ordinal)
                && problem.In(Language.Vietnamese).Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_is_not_written_into_the_file() =>
        Assert.NotEmpty(Read(With("""
            "webhook": { "url": "https://chat.so.example/x", "secret": "khoa-bi-mat-cua-webhook" }
            """)).Problems);

    static string With(string alerts) => $$"""{ "lanes": { "a": { {{Lane}} } }, "alerts": { {{alerts}} } }""";
}
