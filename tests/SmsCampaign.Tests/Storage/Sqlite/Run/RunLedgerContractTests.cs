using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite.Run;
using SmsCampaign.Tests.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Sqlite.Run;

/// <summary>A ledger in a SQLite file does what every kind must.</summary>
public sealed class RunLedgerContractTests : RunLedgerContract
{
    readonly TempFolder _folder = new();
    string _path = "";

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
    }

    protected override void Create(int messages, int onSecond = 0) =>
        _path = SomeRun.Create(_folder.Path, messages, onSecond: onSecond);

    protected override IRunLedger Open(IReadOnlyCollection<int>? lanes = null) =>
        RunLedger.Open(_path, Clock, beforeCommit: null, lanes: lanes);

    protected override void Resolve(int position, MessageStatus status)
    {
        using var resolutions = new RunResolutions(_path);
        Assert.Equal(1, resolutions.Settle([SomeRun.Seq(position)], status, "Nguyễn Văn A", "đối soát", Clock.Now()));
    }
}
