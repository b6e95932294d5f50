using SmsCampaign.App.Worker;
using SmsCampaign.Conduct;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.App.Worker;
using SmsCampaign.Tests.Support;
using SQLitePCL;

namespace SmsCampaign.Tests.Conduct;

public sealed class RunGuardTests : IDisposable
{
    static readonly DateTimeOffset Opening = new(2025, 7, 30, 1, 0, 0, TimeSpan.Zero);

    readonly WorkerCase _run = new(WorkerCase.Definition(), Opening);

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_fault_of_one_run_holds_it_with_its_reason_and_the_worker_goes_on_until_it_is_approved_again()
    {
        _run.Approve();
        var whole = _run.SendAsync;
        var faulted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _run.SendAsync = (_, _, _) =>
        {
            faulted.TrySetResult();
            throw new InvalidOperationException("84961234567 is nowhere");
        };
        using var host = await _run.StartAsync();
        await faulted.Task.WaitAsync(Patience.ForAnything);
        await LookUntilAsync(() => _run.State() == RunState.Held);

        var held = _run.Registry.ReadDecisions(WorkerCase.Campaign)[^1];
        Assert.Contains("(mã InvalidOperationException)", held.Reason.Vi, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: 84961***567 is nowhere", held.Reason.En, StringComparison.Ordinal);
        Assert.Contains("cho gửi tiếp", held.Reason.Vi, StringComparison.Ordinal);

        _run.SendAsync = whole;
        _run.Approve();
        await LookUntilAsync(() => _run.State() == RunState.Finished);
        await host.StopAsync();

        Assert.Equal(
            "late held resumed finished",
            string.Join(' ', _run.Decided.Select(word => word == "fired" ? "late" : word)));
        Assert.False(((VitalService)host.Services.GetService(typeof(CampaignWorker))!).Failed);
    }

    [Fact]
    public async Task A_fault_that_cannot_be_written_down_ends_the_worker()
    {
        _run.Approve();
        _run.SendAsync = (_, _, _) =>
        {
            using var db = SqliteDb.Open(_run.Data.Ledger);
            db.Execute("drop table decision");
            throw new InvalidOperationException("bug");
        };

        await Assert.ThrowsAsync<LedgerException>(
            () => Guard().ConductAsync(_run.Conductor(), CancellationToken.None));
        Assert.Contains("thu-nghiem/2025-07-30 faulted", _run.Told.Words);
    }

    [Theory]
    [InlineData(raw.SQLITE_FULL, true)] // no run's intents can be written
    [InlineData(raw.SQLITE_CORRUPT, false)]
    [InlineData(raw.SQLITE_IOERR, false)]
    public async Task Only_a_full_disk_is_everyones(int code, bool everyones)
    {
        _run.Approve();
        _run.SendAsync = (_, _, _) =>
            throw new LedgerException(new Wording("mã", "SQLite says so"), code) { File = "/data/runs/some.db" };

        var conducted = Guard().ConductAsync(_run.Conductor(), CancellationToken.None);

        if (everyones)
        {
            await Assert.ThrowsAsync<LedgerException>(() => conducted);
            Assert.Equal(RunState.Sending, _run.State());
            return;
        }

        Assert.Null(await conducted);
        Assert.Equal(RunState.Held, _run.State());
        Assert.Contains(
            "/data/runs/some.db",
            _run.Registry.ReadDecisions(WorkerCase.Campaign)[^1].Reason.En,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_that_another_process_holds_is_tried_again_and_nobody_has_to_approve()
    {
        _run.Approve();
        var whole = _run.SendAsync;
        _run.SendAsync = (_, _, _) =>
            throw new LedgerException(new Wording("mã", "SQLite 5: database is locked"), raw.SQLITE_BUSY);

        var again = await Guard().ConductAsync(_run.Conductor(), CancellationToken.None);
        _run.SendAsync = whole;
        _run.Time.SetUtcNow(again!.Value);
        await Guard().ConductAsync(_run.Conductor(), CancellationToken.None);

        Assert.Equal(Opening.AddMinutes(1), again);
        Assert.Equal("fired delayed resumed finished", string.Join(' ', _run.Decided));
        Assert.Contains(
            "tự thử lại mỗi phút và gửi tiếp khi tệp không còn bị giữ",
            _run.Registry.ReadDecisions(WorkerCase.Campaign)[1].Reason.Vi,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "held up, on record")]
    [InlineData(false, "held up")] // its window has closed meanwhile: nothing is delayed
    public async Task That_one_is_held_is_told_once_however_often_it_is_tried_and_as_no_fault(bool isOpen, string told)
    {
        _run.Approve();
        _run.SendAsync = (_, _, _) =>
        {
            if (!isOpen)
                _run.Time.SetUtcNow(Opening.AddHours(14));
            throw new LedgerException(new Wording("mã", "SQLite 5: database is locked"), raw.SQLITE_BUSY);
        };
        var guard = Guard();

        for (var attempt = 0; attempt < (isOpen ? 3 : 1); attempt++)
        {
            var again = await guard.ConductAsync(_run.Conductor(), CancellationToken.None);
            _run.Time.SetUtcNow(again!.Value);
        }

        Assert.Equal(
            [$"{WorkerCase.Key()} {told}"],
            _run.Told.Words.Where(word => word.Contains("held up", StringComparison.Ordinal)));
        Assert.DoesNotContain(_run.Told.Words, word => word.EndsWith("faulted", StringComparison.Ordinal));
    }

    [Fact]
    public void A_campaign_whose_rows_cannot_be_read_is_set_aside_by_name_once_and_the_others_are_looked_at()
    {
        _run.Approve();
        _run.ApproveAnother("hong");
        using (var db = SqliteDb.Open(_run.Data.Ledger))
            db.Execute(
                "insert into decision (campaign, date, due_at, at, what, reason_vi, reason_en) values ('hong', "
                + "'2025-07-30', '', '', 'danced', '', '')");

        var guard = Guard();
        Occurrence.ReadAll(_run.Registry, Opening, guard.SetAside);
        var seen = Occurrence.ReadAll(_run.Registry, Opening, guard.SetAside);

        Assert.Equal(WorkerCase.Campaign, Assert.Single(seen).Key.Campaign);
        Assert.Equal(["hong faulted"], _run.Told.Words);
    }

    RunGuard Guard() => new(_run.Data, _run.Told, _run.Time);

    async Task LookUntilAsync(Func<bool> isSo)
    {
        for (var look = 0; !isSo(); look++)
        {
            Assert.True(look < 10_000, "what was waited for does not come");
            await _run.AdvanceAsync(TimeSpan.FromMilliseconds(2_000));
        }
    }
}
