using System.Text.Json;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Commands;

/// <summary><c>alert test</c>, with a mail server on loopback.</summary>
public sealed class AlertCommandTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_receiver_is_told_and_what_came_of_it_is_said()
    {
        await using var mails = await SmtpCatcher.StartAsync(refused: ["sai@so.example"]);
        Write(mails.Port);

        var (exit, shown) = await RunAsync("alert", "test");

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains("đã gửi: An, thư tới an@so.example", shown, StringComparison.Ordinal);
        Assert.Contains(
            "CHƯA GỬI ĐƯỢC: Sai, thư tới sai@so.example: máy chủ thư không nhận địa chỉ",
            shown,
            StringComparison.Ordinal);
        Assert.Equal(["[SmsCampaign Sở] thử cảnh báo"], mails.Subjects);
        Assert.False(Directory.Exists(_folder.File("data")));
    }

    [Fact]
    public async Task Who_tried_it_and_what_came_of_each_is_recorded()
    {
        await using var mails = await SmtpCatcher.StartAsync(refused: ["sai@so.example"]);
        Write(mails.Port);
        var registry = Ledgers.OpenRegistry(new DataFolder(_folder.File("data")));

        await RunAsync("alert", "test", "--by", "Trần Thị B");

        using var db = SqliteDb.Open(new DataFolder(_folder.File("data")).Ledger, readOnly: true);
        Assert.Equal(2, db.ReadNumber($"select count(*) from event where what = 'alert-test' and who = 'Trần Thị B'"));
        Assert.EndsWith(
            " delivered", registry.FindLastEvent(["alert-test"], "mail:an@so.example "), StringComparison.Ordinal);
        Assert.Contains(
            " failed: the mail server refuses the address",
            registry.FindLastEvent(["alert-test"], "mail:sai@so.example "),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_section_it_is_said_how_to_have_one()
    {
        _folder.Write("smscampaign.json", "{}");

        var (exit, shown) = await RunAsync("alert", "test");

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.StartsWith("Tệp cấu hình chưa ghi ai nhận cảnh báo", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_of_the_section_is_listed()
    {
        _folder.Write("smscampaign.json", """{ "alerts": { "smtp": { "host": "m", "from": "a@b" } } }""");

        var (exit, shown) = await RunAsync("alert", "test", "--json");

        Assert.Equal(ExitCode.InputHasProblems, exit);
        Assert.Contains("chưa có ai nhận", shown, StringComparison.Ordinal);
    }

    void Write(int port) => _folder.Write("smscampaign.json", JsonSerializer.Serialize(new
    {
        alerts = new
        {
            name = "Sở",
            persons = new[]
            {
                new { name = "An", mail = "an@so.example" }, new { name = "Sai", mail = "sai@so.example" },
            },
            smtp = new { host = "127.0.0.1", port, tls = "none", from = "sms@so.example" },
        },
    }));

    async Task<(int Exit, string Shown)> RunAsync(params string[] args)
    {
        using var shown = new StringWriter();
        var exit = await CommandLine.RunAsync(
            [.. args, "--data", _folder.File("data"), "--installation", _folder.File("smscampaign.json")],
            new Terminal(shown, shown, Language.Vietnamese, false),
            CancellationToken.None);
        return (exit, shown.ToString());
    }
}
