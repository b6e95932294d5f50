using Microsoft.Extensions.Time.Testing;
using SmsCampaign.App;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Campaigns;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Worker;

/// <summary>What <c>resolve</c> settles, also beside a worker that sends.</summary>
public sealed class ResolveVerbTests : OfficerVerbsCase
{
    [Fact]
    public async Task Uncertain_messages_are_listed_masked_and_settled_with_name_and_reason()
    {
        await ApproveAsync();
        await CrashAsync();

        var (_, listed, _) = await RunAsync("resolve", Key.Campaign);
        var (exit, _, _) = await RunAsync(
            "resolve",
            Key.Campaign,
            "--all",
            "--as",
            "delivered",
            "--by",
            "Trần B",
            "--reason",
            "đối soát ngày 31/07/2099");

        Assert.Contains("84961***567", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("84961234567", listed, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, exit);
        await using var ledger = RunLedger.Open(Ledger, new ProcessClock(TimeProvider.System));
        Assert.Equal(
            (3, 0), (ledger.Counters.Of(MessageStatus.Delivered), ledger.Counters.Of(MessageStatus.Uncertain)));
    }

    [Theory]
    [InlineData("update resolution set by_os = 'root@x'")]
    [InlineData("update resolution set by_os = ''")]
    [InlineData("update resolution set by_os = 'root@x' where seq % 2 = 0")]
    [InlineData("update resolution set who = 'Lê C'")]
    [InlineData("update resolution set by_kind = 2")]
    [InlineData("update resolution set by_kind = 3, who = 'repeats dropped'")]
    [InlineData("update resolution set by_kind = 9")]
    [InlineData("update resolution set at_us = 1")]
    [InlineData(
        "delete from resolution; insert into resolution (seq, from_status, to_status, who, reason, at_us, by_kind) "
        + "select seq, 2, 5, 'inquiry', 'not known at the gateway', 1, 2 from state")]
    public async Task Who_settled_a_message_and_by_which_account_is_borne_out_by_the_chain(string attack)
    {
        await ApproveAsync();
        await CrashAsync();
        await RunAsync("resolve", Key.Campaign, "--all", "--as", "failed", "--by", "Trần B", "--reason", "đối soát");
        Assert.Equal(ExitCode.Done, (await RunAsync("audit", "verify")).Exit);
        using (var db = SmsCampaign.Storage.Sqlite.SqliteDb.Open(Ledger))
            db.Execute(attack);

        var (exit, _, errors) = await RunAsync("audit", "verify");

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains($"{Key}: ", errors, StringComparison.Ordinal);
    }

    /// <summary>A simulated run goes on just after its last moment: what is written to it on the machine's date would
    /// move it out of its window for good.</summary>
    [Theory]
    [InlineData()]
    [InlineData("--all", "--as", "sent", "--by", "Trần B", "--reason", "đối soát")]
    public async Task Looking_at_or_settling_a_simulated_run_leaves_it_on_its_own_date(params string[] settling)
    {
        _campaign.Write("campaign.yaml", CampaignFolder.Valid); // of 2025, which is past
        var key = new RunKey(Key.Campaign, new DateOnly(2025, 7, 30), Simulated: true);
        await RunAsync("plan", _campaign.File, "--simulate");
        var morning = new DateTimeOffset(2025, 7, 30, 8, 0, 7, TimeSpan.FromHours(7));
        await using (var ledger = RunLedger.Open(_data.Run(key), new ProcessClock(new FakeTimeProvider(morning))))
            await BeginAsync(ledger);

        var (exit, _, errors) = await RunAsync(["resolve", key.Campaign, "--simulate", .. settling]);

        Assert.True(exit == ExitCode.Done, errors);
        Assert.InRange(
            ProcessClock.FromMicros(RunLedger.ReadLastMoment(_data.Run(key))), morning, morning.AddMinutes(1));
    }

    [Fact]
    public async Task What_is_put_back_as_the_worker_ends_the_run_waits_for_an_approval()
    {
        await ApproveAsync();
        await CrashAsync();
        using (var db = SqliteDb.Open(_data.Ledger)) // the last that is written before the messages are
            db.Execute(
                "create trigger ends after insert on audit when new.kind = 'resolution' begin update run "
                + "set state = 'Finished'; end");

        var (exit, output, _) = await RunAsync(
            "resolve", Key.Campaign, "--all", "--as", "planned", "--by", "Trần B", "--reason", "đối soát",
            "--yes-send-again");

        Assert.Equal((ExitCode.Done, RunState.Held), (exit, Registry.Find(Key)!.State));
        Assert.Contains("chờ phê duyệt", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_settled_beside_a_running_worker_reaches_its_counters()
    {
        await ApproveAsync();
        await CrashAsync();
        using var held = SendingLock.TryTake(_data, TimeProvider.System);
        await using var ledger = RunLedger.Open(Ledger, new ProcessClock(TimeProvider.System));

        await RunAsync("resolve", Key.Campaign, "--all", "--as", "failed", "--by", "Trần B", "--reason", "đối soát");
        var again = await ledger.NoticeResolutionsAsync();

        Assert.False(again);
        Assert.Equal((3, 0), (ledger.Counters.Of(MessageStatus.Failed), ledger.Counters.Of(MessageStatus.Uncertain)));
    }

    [Fact]
    public async Task What_is_in_flight_at_a_running_worker_stays_in_flight()
    {
        await ApproveAsync();
        using var held = SendingLock.TryTake(_data, TimeProvider.System);
        await using var ledger = RunLedger.Open(Ledger, new ProcessClock(TimeProvider.System));
        await BeginAsync(ledger);

        var (_, listed, _) = await RunAsync("resolve", Key.Campaign);

        Assert.Contains("không có tin nào chưa rõ", listed, StringComparison.Ordinal);
    }
}
