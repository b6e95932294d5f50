using SmsCampaign.Tests.App.Worker;

namespace SmsCampaign.Tests.Conduct;

/// <summary>What happens while a run's files are read and planned, which may take hours,
/// counts when they are.</summary>
public sealed class LatePreparationTests : IDisposable
{
    static readonly DateTimeOffset Opening = new(2025, 7, 30, 8, 0, 0, TimeSpan.FromHours(7));

    readonly WorkerCase _run = new(WorkerCase.Definition(), Opening.AddHours(-1));

    public LatePreparationTests()
    {
        _run.Approve();
        _run.Time.SetUtcNow(Opening);
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_run_whose_approval_is_voided_meanwhile_is_not_sent()
    {
        var approval = _run.Registry.FindApproval(WorkerCase.Campaign, WorkerCase.Key().Date)!;
        _run.Preparing = _ => _run.Registry.VoidApproval(approval.Id, new Wording("Thôi.", "No more."), Opening);

        Assert.Null(await _run.ConductOnceAsync());

        Assert.Empty(_run.Sent);
        Assert.Empty(_run.Decided);
    }

    [Fact]
    public async Task A_run_whose_window_closes_meanwhile_waits_for_the_next()
    {
        _run.Preparing = _ => _run.Time.SetUtcNow(Opening.AddHours(13));

        Assert.Equal(Opening.AddDays(1), await _run.ConductOnceAsync());

        Assert.Empty(_run.Sent);
        Assert.DoesNotContain("fired", _run.Decided);
    }
}
