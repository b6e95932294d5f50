using SmsCampaign.Alerts;
using SmsCampaign.Office.Readiness;
using SmsCampaign.Storage.Backups;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office.Readiness;

/// <summary>Disk, time zones, backups and alerts.</summary>
public sealed class MachinePartsTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(400_000_000L, ReadyLight.Red, "còn 400 MB, phải chừa 500 MB")]
    [InlineData(900_000_000L, ReadyLight.Amber, "còn 900 MB, phải chừa 500 MB: vừa đủ")]
    [InlineData(9_000_000_000L, ReadyLight.Green, "còn 9.000 MB")]
    [InlineData(null, ReadyLight.Amber, "chưa kiểm tra được: hệ điều hành không cho biết")]
    public async Task The_disk_must_have_its_floor(long? free, ReadyLight light, string said) =>
        ReadyCases.Is(light, said, await new DiskCheck(_ => free).LookAsync(ReadyCases.Of()));

    [Fact]
    public async Task The_disk_must_have_room_for_the_run()
    {
        using var campaign = new PreparationFolder();
        campaign.Prepare();
        var about = ReadyCases.Of() with { Overview = OverviewOf(campaign) };

        // three messages of 400 bytes, and the floor
        ReadyCases.Is(ReadyLight.Red, "cho 3 tin", await new DiskCheck(_ => 500_001_199).LookAsync(about));
        ReadyCases.Is(ReadyLight.Amber, "cho 3 tin", await new DiskCheck(_ => 500_001_200).LookAsync(about));
    }

    [Fact]
    public async Task Vietnam_must_be_seven_hours_ahead()
    {
        ReadyCases.Is(
            ReadyLight.Green,
            "giờ Việt Nam; bây giờ là 29/07/2025 15:00",
            await new ZoneCheck().LookAsync(ReadyCases.Of()));
        ReadyCases.Is(
            ReadyLight.Red,
            "không có dữ liệu múi giờ Asia/Ho_Chi_Minh",
            await new ZoneCheck(_ => null).LookAsync(ReadyCases.Of()));
        ReadyCases.Is(
            ReadyLight.Red,
            "máy cho giờ Việt Nam là UTC+0",
            await new ZoneCheck(_ => TimeZoneInfo.Utc).LookAsync(ReadyCases.Of()));
    }

    [Theory]
    [InlineData(23, true, ReadyLight.Green, "23 giờ trước, ở ")]
    [InlineData(25, true, ReadyLight.Amber, "bản mới nhất có từ 25 giờ trước")]
    [InlineData(1, false, ReadyLight.Amber, "không còn ở đó")]
    public async Task A_backup_must_be_of_the_last_day(int hours, bool isThere, ReadyLight light, string said)
    {
        var sign = new BackupSign(
            ReadyCases.Now.AddHours(-hours), isThere ? _folder.Path : _folder.File("gone"));

        ReadyCases.Is(light, said, await new BackupCheck(_ => sign).LookAsync(WithRegistry()));
    }

    [Fact]
    public async Task One_that_was_never_taken_is_a_note_with_how_to_take_it()
    {
        var found = await new BackupCheck().LookAsync(WithRegistry());

        ReadyCases.Is(ReadyLight.Amber, "chưa thấy bản sao lưu nào", found);
        Assert.Contains("sms-campaign backup", found.ToDo!.Value.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alerts_need_somebody_to_tell() => ReadyCases.Is(
        ReadyLight.Amber,
        "chưa ai được báo",
        await new AlertsCheck(_ => (new AlertSettings(), [])).LookAsync(WithRegistry()));

    [Fact]
    public async Task Of_each_who_is_told_it_is_said_whether_the_last_arrived()
    {
        var about = WithRegistry();
        await SaysAsync(
            about,
            (ReadyLight.Amber, "An, thư tới an@so.example: chưa báo lần nào"),
            (ReadyLight.Amber, "webhook chat.example: chưa báo lần nào"));

        var alerts = about.Registry!.Alerts;
        alerts.Raise(
            new Alert(
                AlertKind.DiskLow, "", AlertSeverity.Urgent, ReadyCases.Now, new("a", "a"), new("", ""), new("b", "b")),
            ReadyCases.Now);
        var told = new AlertTelling(
            alerts.Read(ReadyCases.Now)[0].Id,
            "webhook",
            new AlertTold(AlertNews.Raised, AlertSeverity.Urgent, ReadyCases.Now),
            1,
            null);
        alerts.Note(told);
        alerts.Note(told with { Receiver = "mail:da-nghi@so.example", Told = null, Failing = Failing("gone") });
        await SaysAsync(
            about,
            (ReadyLight.Amber, "An, thư tới an@so.example: chưa báo lần nào"),
            (ReadyLight.Green, "webhook chat.example: lần báo gần nhất tới nơi lúc 29/07/2025 15:00"));

        alerts.Note(told with { Failing = Failing("HTTP 500") });
        await SaysAsync(
            about,
            (ReadyLight.Amber, "An, thư tới an@so.example: chưa báo lần nào"),
            (ReadyLight.Amber, "webhook chat.example: KHÔNG báo được từ 29/07/2025 15:00: HTTP 500"));

        // Another arrived meanwhile, and this is in vain all the same.
        alerts.Note(told with { Failing = Failing("HTTP 500") with { Since = ReadyCases.Now.AddHours(-1) } });
        await SaysAsync(
            about,
            (ReadyLight.Amber, "An, thư tới an@so.example: chưa báo lần nào"),
            (ReadyLight.Amber, "webhook chat.example: KHÔNG báo được từ 29/07/2025 14:00: HTTP 500"));
    }

    [Theory]
    [InlineData(false, 0, ReadyLight.Green, "lần báo gần nhất tới nơi lúc 29/07/2025 15:00")]
    [InlineData(true, 0, ReadyLight.Amber, "KHÔNG báo được từ 29/07/2025 15:00")]
    [InlineData(false, 31, ReadyLight.Amber, "chưa báo lần nào trong 30 ngày qua")]
    public async Task A_way_that_was_tried_by_hand_is_known(bool failed, int days, ReadyLight light, string said)
    {
        var about = WithRegistry();
        AlertTrial.Record(
            about.Registry!,
            new Who("An", "an", "may"),
            new TestDelivery("webhook", new("webhook", "webhook"), failed ? new Wording("HTTP 500", "HTTP 500") : null),
            ReadyCases.Now);

        await SaysAsync(
            about with { Now = ReadyCases.Now.AddDays(days) },
            (ReadyLight.Amber, "An, thư tới an@so.example: chưa báo lần nào"),
            (light, $"webhook chat.example: {said}"));
    }

    static AlertFailure Failing(string why) =>
        new(1, ReadyCases.Now, ReadyCases.Now.AddHours(1), new Wording(why, why));

    /// <summary>Of a person and a webhook.</summary>
    static async Task SaysAsync(ReadyCase about, params (ReadyLight Light, string Said)[] expected)
    {
        var settings = new AlertSettings
        {
            Smtp = new SmtpSettings { Host = "mail.example", From = "a@b" },
            Persons = [new AlertPerson { Name = "An", Mail = "an@so.example" }],
            Webhook = new WebhookSettings { Url = new Uri("https://chat.example/x") },
        };
        var found = await new AlertsCheck(_ => (settings, [])).LookAsync(about, CancellationToken.None);

        Assert.Equal(expected.Length, found.Count);
        foreach (var (finding, (light, said)) in found.Zip(expected))
            ReadyCases.Is(light, said, finding);
    }

    ReadyCase WithRegistry()
    {
        var data = new SmsCampaign.Storage.DataFolder(_folder.File("data"));
        return ReadyCases.Of() with { Data = data, Registry = SmsCampaign.Storage.Ledgers.OpenRegistry(data) };
    }

    internal static Lazy<SmsCampaign.Office.RunOverview?> OverviewOf(PreparationFolder campaign) => new(() =>
    {
        var registry = SmsCampaign.Storage.Ledgers.OpenRegistry(campaign.Data);
        return SmsCampaign.Office.RunOverview.Read(
            campaign.Data, registry, registry.Find(ReadyCases.Key)!, campaign.Installation, campaign.Time);
    });
}
