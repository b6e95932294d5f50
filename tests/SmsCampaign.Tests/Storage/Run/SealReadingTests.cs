using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Run;

public sealed class SealReadingTests : IDisposable
{
    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_ledger_read_beside_other_work_gives_the_seal_of_its_rows()
    {
        var planned = _folder.Prepare().Planned!.Seal;
        using var reading = new SealReading(CancellationToken.None);

        reading.Begin(RunAddress.OfFile(_folder.Ledger()));

        Assert.Equal(planned.Parts, reading.Of(RunAddress.OfFile(_folder.Ledger())).Parts);
    }

    [Fact]
    public void Another_ledger_than_was_begun_with_is_read_for_itself()
    {
        var planned = _folder.Prepare().Planned!.Seal;
        using var other = new TempFolder();
        var forged = other.File("forged.db");
        File.Copy(_folder.Ledger(), forged);
        using (var db = SqliteDb.Open(forged))
            db.Execute("update message set number = 84912000000 where seq = (select min(seq) from message)");

        using var reading = new SealReading(CancellationToken.None);
        reading.Begin(RunAddress.OfFile(_folder.Ledger()));

        Assert.NotEqual(planned.Hash, reading.Of(RunAddress.OfFile(forged)).Hash);
    }

    [Fact]
    public void A_broken_ledger_is_told_of_where_its_seal_is_asked_for()
    {
        using var folder = new TempFolder();
        var broken = folder.File("broken.db");
        File.WriteAllText(
            broken,
            "no database at all, and longer than the head of one would have to be: 100 bytes and some more to be sure");
        using var reading = new SealReading(CancellationToken.None);

        reading.Begin(RunAddress.OfFile(broken));

        Assert.Throws<LedgerException>(() => reading.Of(RunAddress.OfFile(broken)));
    }

    [Fact]
    public void One_that_was_stopped_gives_no_seal()
    {
        _folder.Prepare();
        using var stopping = new CancellationTokenSource();
        stopping.Cancel();
        using var reading = new SealReading(stopping.Token);

        reading.Begin(RunAddress.OfFile(_folder.Ledger()));

        Assert.ThrowsAny<OperationCanceledException>(() => reading.Of(RunAddress.OfFile(_folder.Ledger())));
    }
}
