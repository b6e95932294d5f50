using SmsCampaign.App.Worker;
using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.App.Worker;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Conduct;

/// <summary>What becomes of a run under way when its approval is voided.</summary>
public sealed class ApprovalWatchTests : IDisposable
{
    static readonly DateTimeOffset Opening = new(2025, 7, 30, 8, 0, 0, TimeSpan.FromHours(7));
    static readonly Wording Withdrawn = new("tỉnh yêu cầu dừng", "the province says stop");

    readonly WorkerCase _run = new(WorkerCase.Definition(), Opening.AddHours(-1));
    readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ApprovalWatchTests()
    {
        _run.Approve();
        _run.Time.SetUtcNow(Opening);
        _run.SendAsync = async (_, _, stopping) =>
        {
            _begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, _run.Time, stopping).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
            return SendEnd.Stopped;
        };
    }

    public void Dispose() => _run.Dispose();

    Approval Approval => _run.Registry.FindApproval(WorkerCase.Campaign, WorkerCase.Key().Date)!;

    [Fact]
    public async Task A_run_whose_approval_is_voided_while_it_is_sent_stops_at_the_next_look_and_is_held_with_why()
    {
        var conducting = _run.ConductOnceAsync();
        await _begun.Task.WaitAsync(Patience.ForAnything);

        _run.Registry.VoidApproval(Approval.Id, Withdrawn, _run.Time.GetUtcNow());
        await LookUntilAsync(conducting);

        Assert.Null(await conducting);
        Assert.Equal(RunState.Held, _run.State());
        Assert.Equal("fired held", string.Join(' ', _run.Decided));
        Assert.Contains(
            "Phê duyệt hết hiệu lực trong khi gửi: tỉnh yêu cầu dừng. Không gửi thêm.",
            _run.Registry.ReadDecisions(WorkerCase.Campaign)[^1].Reason.Vi,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_approval_of_the_same_does_not_interrupt_it()
    {
        using var stopping = new CancellationTokenSource();
        var conducting = _run.Conductor().ConductAsync(stopping.Token);
        await _begun.Task.WaitAsync(Patience.ForAnything);

        _run.Registry.Approve(Approval);
        await LookAsync(times: 4);

        Assert.False(conducting.IsCompleted);
        await stopping.CancelAsync();
        await conducting;
        Assert.Equal(["fired"], _run.Decided);
    }

    [Fact]
    public async Task While_the_chains_key_cannot_be_read_what_was_let_go_goes_on_and_stops_where_it_is_marked_void()
    {
        var conducting = _run.ConductOnceAsync();
        await _begun.Task.WaitAsync(Patience.ForAnything);
        var approval = Approval;

        File.Move(_run.Data.AuditKey, _run.Data.AuditKey + ".away");
        await LookAsync(times: 4);
        Assert.False(conducting.IsCompleted);

        _run.Registry.VoidApproval(approval.Id, Withdrawn, _run.Time.GetUtcNow());
        await LookUntilAsync(conducting);

        // Held it is once the key is there again and bears it out.
        Assert.Null(await conducting);
        Assert.Equal(RunState.Sending, _run.State());
    }

    [Fact]
    public async Task A_run_that_waits_for_its_next_day_is_held_by_the_worker_as_its_approval_is_voided()
    {
        _run.SendAsync = (_, _, _) =>
        {
            _run.Time.SetUtcNow(Opening.AddHours(12));
            return Task.FromResult(SendEnd.Closed);
        };
        await _run.ConductOnceAsync();
        Assert.Equal((RunState.Sending, "fired closed"), (_run.State(), string.Join(' ', _run.Decided)));

        using var host = await _run.StartAsync();
        _run.Registry.VoidApproval(Approval.Id, Withdrawn, _run.Time.GetUtcNow());
        for (var glance = 0; glance < 50 && (glance < 2 || _run.State() != RunState.Held); glance++)
            await _run.AdvanceAsync(CampaignWorker.Glance);
        await host.StopAsync();

        Assert.Equal((RunState.Held, "fired closed held"), (_run.State(), string.Join(' ', _run.Decided)));
    }

    /// <summary>Gone, or no longer borne out: nobody withdrew it, and nobody would say why nothing is sent.</summary>
    [Fact]
    public async Task A_run_under_way_whose_approval_was_deleted_is_held_and_says_so()
    {
        _run.SendAsync = (_, _, _) =>
        {
            _run.Time.SetUtcNow(Opening.AddHours(12));
            return Task.FromResult(SendEnd.Closed);
        };
        await _run.ConductOnceAsync();
        using (var db = SqliteDb.Open(_run.Data.Ledger))
            db.Execute("delete from approval");

        using var host = await _run.StartAsync();
        for (var glance = 0; glance < 50 && (glance < 2 || _run.State() != RunState.Held); glance++)
            await _run.AdvanceAsync(CampaignWorker.Glance);
        await host.StopAsync();

        Assert.Equal(RunState.Held, _run.State());
        var held = _run.Registry.ReadDecisions(WorkerCase.Campaign)[^1];
        Assert.Equal(DecisionKind.Held, held.What);
        Assert.Contains("audit verify", held.Reason.Vi, StringComparison.Ordinal);
    }

    async Task LookUntilAsync(Task ended)
    {
        for (var look = 0; look < 100 && !ended.IsCompleted; look++)
            await LookAsync(times: 1, ended);
        Assert.True(ended.IsCompleted, "it goes on");
    }

    async Task LookAsync(int times, Task? ended = null)
    {
        for (var look = 0; look < times; look++)
        {
            var armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _run.Time.Armed = due =>
            {
                if (due == ApprovalWatch.LookEvery)
                    armed.TrySetResult();
            };
            _run.Time.Advance(ApprovalWatch.LookEvery);
            await Task.WhenAny(armed.Task, ended ?? armed.Task).WaitAsync(Patience.ForAnything);
        }
    }
}
