using System.Diagnostics;
using System.Net;
using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Campaigns;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.WebConsole.Days;

/// <summary>Whatever befalls the pages, what the worker beside them sends does not notice.</summary>
[Trait("Category", "Slow")]
public sealed class ApartTests
{
    const int Subscribers = 400;

    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_that_throw_one_after_the_other_while_a_run_is_sent_change_nothing_of_it()
    {
        BreakingTime? breaking = null;
        await using var office = await OfficeDay.OpenAsync(At(28, 9), time => breaking = new BreakingTime(time));
        Approve(office);
        await office.Console.StartAsync();
        office.Time.Put(At(30, 8).AddSeconds(-20));
        using var person = await office.Console.SignInAsync("an", "van-hanh");

        breaking!.IsBreaking = true;
        await office.BeginWorkAsync();
        var broken = 0;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Patience.ForAnything && State() != RunState.Finished;)
        {
            using var answer = await person.GetAsync($"/chien-dich/{Key.Campaign}/{Key.DateText}", Stop);
            broken += answer.StatusCode == HttpStatusCode.InternalServerError ? 1 : 0;
        }

        Assert.Equal(RunState.Finished, State());
        Assert.True(broken > 0);
        var phones = office.Phones();
        Assert.Equal(Subscribers, phones.Count);
        Assert.All(phones, phone => Assert.Equal(1, phone.Count));

        RunState? State() => office.Console.Registry.Find(Key)?.State;
    }

    static DateTimeOffset At(int day, int hour) => new(2025, 7, day, hour, 0, 0, TimeSpan.FromHours(7));

    static void Approve(OfficeDay office)
    {
        var console = office.Console;
        console.Folder.Write("campaigns/thu-nghiem/campaign.yaml", CampaignFolder.Valid
            .Replace("    filter: { Xã/Phường: [Ea Bung, Buôn Đôn] }\n", "", StringComparison.Ordinal));
        console.Folder.Write("campaigns/thu-nghiem/tu-choi.csv", "Số điện thoại\n");
        console.Folder.Write("campaigns/thu-nghiem/subscribers.csv", "Số điện thoại\n"
            + string.Concat(Enumerable.Range(0, Subscribers).Select(at => $"096{at:D7}\n")));
        var request = new PreparationRequest(
            Path.Combine(console.Campaigns, "thu-nghiem", "campaign.yaml"), console.Installation);
        Assert.NotNull(new PlanDesk(console.Data, office.Time).Plan(request, Stop).Run);
        Assert.IsType<SubmissionResult.Submitted>(new SubmissionDesk(console.Data, office.Time).Submit(
            Who.OnTheWeb("Trần Thị B", "binh", null), new SubmissionOrder(request, null, null), Stop));
        Assert.IsType<ApprovalResult.Given>(new ApprovalDesk(console.Data, office.Time).Approve(
            Who.OnTheWeb("Nguyễn Văn A", "an", null), new ApprovalOrder(request, null, Reason: "lệnh"), Stop));
    }

    /// <summary>A clock at which whatever looks at a run for the pages breaks.</summary>
    sealed class BreakingTime(TimeProvider inner) : TimeProvider
    {
        public bool IsBreaking { get; set; }

        public override DateTimeOffset GetUtcNow() =>
            IsBreaking && new StackTrace().GetFrames().Any(frame =>
                frame.GetMethod() is { Name: "Look", DeclaringType.Name: "Watchtower" })
                ? throw new InvalidOperationException("the page breaks")
                : inner.GetUtcNow();
    }
}
