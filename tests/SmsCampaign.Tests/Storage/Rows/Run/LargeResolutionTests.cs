using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Rows.Run;

/// <summary>What a person settles of very many messages is written in pieces, each with its witness, and
/// stays a person's.</summary>
[Trait("Category", "Slow")]
public sealed class LargeResolutionTests : IDisposable
{
    const int Messages = (2 * RunResolutions.Together) + 5;

    static readonly RunKey Key = new("some", new DateOnly(2025, 7, 30), Simulated: false);
    static readonly ProcessClock Clock = new(TimeProvider.System);

    readonly TempFolder _folder = new();
    readonly string _run;
    readonly IRegistry _registry;
    readonly DataFolder _data;
    readonly List<long> _all = [.. Enumerable.Range(1, Messages).Select(at => SomeRun.Seq(at))];

    public LargeResolutionTests()
    {
        _run = SomeRun.Create(_folder.Path, Messages);
        using (var db = SqliteDb.Open(_run))
            db.Execute("pragma journal_mode = wal");
        LedgerBuilder.Add(_run, rows => rows.States(MessageStatus.Uncertain, reason: Reason.Interrupted));
        _data = new DataFolder(_folder.Path);
        _registry = Ledgers.OpenRegistry(_data);
        _registry.AddRun(
            new RunRecord
            {
                Key = Key.ToString(),
                Campaign = Key.Campaign,
                Date = Key.DateText,
                Code = SomeRun.Code,
                File = "runs/some.db",
                CampaignFile = "/some.yaml",
                Definition = "",
                DefinitionHash = "a",
                AudienceHash = "b",
                PlanHash = "c",
            },
            DateTimeOffset.UnixEpoch);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whoever_sends_writes_between_two_pieces()
    {
        using var sending = SqliteDb.Open(_run);
        sending.Execute("pragma busy_timeout = 0");
        var turns = 0;
        using var resolutions = new RunResolutions(_run);

        var settled = await SettleAsync(resolutions, () =>
        {
            sending.Execute("begin immediate; commit");
            turns++;
            return Task.FromResult(true);
        });

        Assert.Equal(Messages, settled);
        Assert.Equal(2, turns);
        Assert.Empty(_registry.Audit.Verify(ledgers: true).Findings);
        Assert.Equal(
            [RunResolutions.Together, RunResolutions.Together, 5],
            RunResolutions.ReadPersons(_run).Select(piece => piece.Messages));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // its witness is on disk, the piece is not
    public async Task After_a_kill_the_same_command_settles_the_rest(bool witnessed)
    {
        using (var killed = new RunResolutions(_run))
        {
            var pieces = 0;
            await Assert.ThrowsAsync<InvalidOperationException>(
                () => SettleAsync(killed, () => Task.FromResult(true), piece =>
                {
                    if (++pieces < 2 || witnessed)
                        _registry.Witness(Key, piece, DateTimeOffset.UnixEpoch);
                    if (pieces == 2)
                        throw new InvalidOperationException("killed");
                }));
        }

        Assert.Equal(RunResolutions.Together, Assert.Single(RunResolutions.ReadPersons(_run)).Messages);
        using var again = new RunResolutions(_run);
        Assert.Equal(Messages - RunResolutions.Together, await SettleAsync(again, () => Task.FromResult(true)));
        Assert.Empty(again.Read());
        Assert.Empty(_registry.Audit.Verify(ledgers: true).Findings);
    }

    [Theory]
    [InlineData("update resolution set by_kind = 2", "settled by no person", "the program's doing")]
    [InlineData(
        "update resolution set by_kind = 2, to_status = 0, who = 'inquiry', reason = 'not known at the gateway'",
        "settled by no person")] // but for its account
    [InlineData("update resolution set by_kind = 3, to_status = 3, by_os = ''", "settled by no person")]
    [InlineData(
        "update resolution set by_kind = 2, who = 'inquiry', reason = 'not known at the gateway', by_os = ''",
        "settled by no person",
        "the program's doing")]
    public async Task What_a_person_settled_cannot_be_passed_off_as_the_programs_doing(
        string attack, params string[] found)
    {
        using (var resolutions = new RunResolutions(_run))
            await SettleAsync(resolutions, () => Task.FromResult(false));
        using (var db = SqliteDb.Open(_run))
            db.Execute(attack);

        Assert.Equal(found.Length, _registry.Audit.Verify(ledgers: true).Findings.Zip(found).Count(pair =>
            pair.First.En.Contains(pair.Second, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_that_is_to_stop_stops_between_two_pieces()
    {
        using var resolutions = new RunResolutions(_run);

        Assert.Equal(RunResolutions.Together, await SettleAsync(resolutions, () => Task.FromResult(false)));
        Assert.Equal(Messages - RunResolutions.Together, resolutions.Read().Count());
    }

    Task<int> SettleAsync(RunResolutions resolutions, Func<Task<bool>> pause, Action<PersonsResolution>? witness =
        null) => resolutions.SettleAllAsync(
            _all, MessageStatus.Failed, Who.Here("Nguyễn Văn A"), "đối soát", Clock, pause, witness
                ?? (piece => _registry.Witness(Key, piece, DateTimeOffset.UnixEpoch)));
}
