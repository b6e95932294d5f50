using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Backups;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Backups;

/// <summary>The data of a planned run, and the folder of its backup.</summary>
public abstract class BackupCase : IDisposable
{
    private protected const int Viettel = 1;
    private protected static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);

    private protected readonly PreparationFolder _folder = new();

    private protected DataFolder Data => _folder.Data;

    private protected string Copy => Path.Combine(Path.GetDirectoryName(Data.Root)!, "copy");

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _folder.Dispose();
    }

    private protected BackupManifest Take() => Backup.Take(Data, Copy, _folder.Time);

    private protected static void Execute(string path, string sql)
    {
        using var db = SqliteDb.Open(path);
        db.Execute(sql);
    }

    private protected static Action<string> KillAfter(string step) => reached =>
    {
        if (reached == step)
            throw new OperationCanceledException(step);
    };

    private protected async Task SendAsync(int message, SendResult result)
    {
        var seq = MessageSeq.Of(Viettel, message);
        await using var ledger = RunLedger.Open(Data.Run(Key), new ProcessClock(_folder.Time), Key, Data);
        var lane = ledger.LaneOf(seq)!.Value;
        var call = new PlannedCall(
            lane, new PlannedBatch(1, lane, 1, seq, seq, 1), [new PlannedMessage(seq, 0)], KeepCarrierReference: false);
        var attempt = (await ledger.BeginAsync([call]))[0]!.Value;
        await ledger.FinishAsync([new CallResult(call, attempt, 0, new ProcessClock(_folder.Time).Now(), [result])]);
    }

    private protected string ReadEvents()
    {
        using var db = SqliteDb.Open(Data.Ledger, readOnly: true);
        return db.ReadText("select group_concat(what || ' ' || who || ' ' || detail) from event") ?? "";
    }
}
