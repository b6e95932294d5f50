using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Tests.Conduct;

/// <summary>What the evening of 30/7 left goes on the next, by the real lanes, whatever gateways answer, whenever the
/// process is stopped and whoever extends the window: no phone has it twice, and none is forgotten.</summary>
[Trait("Category", "Slow")]
public sealed class RestDayTests(ITestOutputHelper output)
{
    const string SeedVariable = "SMS_CAMPAIGN_REST_SEED";
    static readonly RunKey Rest = DayCase.Key with { Date = new DateOnly(2025, 7, 31) };

    readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), out var seed)
        ? seed
        : Random.Shared.Next();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_that_may_have_been_sent_is_sent_again_by_a_window_that_closes_later_or_on_another_date(
        bool isExtended)
    {
        output.WriteLine($"{SeedVariable}={_seed}");
        var random = new Random(_seed);

        // At a message a second more than the window holds, also the longer one: something is left whatever happens.
        var each = isExtended ? 100 : 50;
        using var day = new DayCase("30 19:01:30", each, "19:00", "19:02", leftovers: "drop", leaps: true);
        day.Approve();
        day.OfViettel = day.OfVinaphone = (at, _) => Answer(random, day, at);

        for (var process = 0; process < 20 && IsUnderWay(day, DayCase.Key); process++)
        {
            if (process == 1 && isExtended)
                await ExtendAsync(day);
            await day.ConductAsync();
        }

        var first = day.ReadMessages();
        var left = PhonesOf(first, MessageStatus.Leftover);
        Assert.NotEmpty(left);

        var prepared = Assert.IsType<RestResult.Prepared>(new SendRestDesk(day.Folder.Data, day.Time).Plan(
            new RestOrder(DayCase.Key.Campaign, null, Rest.Date, day.Folder.Installation), CancellationToken.None));
        day.Approve(Rest, prepared.Preparation.Planned!.ApprovedHash);
        var before = day.Received;
        day.AdvanceTo("31 19:00:00");
        for (var process = 0; process < 20 && IsUnderWay(day, Rest); process++)
            await day.ConductAsync(Rest);

        var second = day.ReadMessages(Rest);
        Assert.Equal(left, second.Select(message => message.Phone).ToHashSet());
        Assert.All(day.Received, phone => Assert.Equal(1, phone.Value));
        Assert.DoesNotContain(left, before.ContainsKey);
        Assert.Equal(each * 2, first.Count);

        // What the ledgers say of each phone is so at the gateways.
        foreach (var (phone, status) in first.Where(message => !left.Contains(message.Phone)).Concat(second))
        {
            if (status is MessageStatus.Accepted)
                Assert.Contains(phone, day.Received);
            else if (status is not MessageStatus.Uncertain)
                Assert.DoesNotContain(phone, day.Received);
        }

        // Each has a report of its own, which nothing has made old.
        var desk = new ReportDesk(day.Folder.Data, day.Time);
        foreach (var run in new[] { DayCase.Key, Rest })
        {
            var report = desk.Read(run)!;
            Assert.False(desk.IsOutdated(report, day.Registry.Find(run)!));
            Assert.IsType<ReportVerdict.Checked>(
                new VerifyDesk(day.Folder.Data).Verify(report.Folder, run, Language.Vietnamese));
        }
    }

    static NightAnswer Answer(Random random, DayCase day, int at)
    {
        lock (random)
        {
            if (at > 5 && random.Next(25) == 0)
                day.Stop();
            return random.Next(12) switch
            {
                0 => NightAnswer.Broken(taken: true),
                1 => NightAnswer.Broken(taken: false),
                2 => new NightAnswer(false, SendResult.Busy("HTTP 503")),
                3 => new NightAnswer(random.Next(2) == 0, null),
                _ => NightAnswer.Accepted,
            };
        }
    }

    static bool IsUnderWay(DayCase day, RunKey run) => day.Registry.Find(run)!.State is RunState.Approved
        or RunState.Sending;

    static HashSet<long> PhonesOf(IEnumerable<(long Phone, MessageStatus Status)> messages, MessageStatus status) =>
        messages.Where(message => message.Status == status).Select(message => message.Phone).ToHashSet();

    static async Task ExtendAsync(DayCase day) => Assert.IsNotType<ExtendResult.NotKnown>(
        await new ExtendDesk(day.Folder.Data, day.Time).ExtendAsync(
            new Who("Nguyễn Văn A", "an", "cong-van"),
            new ExtendOrder(DayCase.Key.Campaign, null, new TimeOnly(19, 3), "lãnh đạo yêu cầu"),
            CommandDesk.Patience,
            CancellationToken.None));
}
