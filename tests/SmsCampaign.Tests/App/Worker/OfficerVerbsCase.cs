using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Campaigns;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Worker;

/// <summary>A campaign, the folder of its data, and the verbs as the officer types them.</summary>
public abstract class OfficerVerbsCase : IDisposable
{
    private protected static readonly RunKey Key = new("thu-nghiem", new DateOnly(2099, 7, 30), Simulated: false);

    private protected readonly CampaignFolder _campaign = new();
    private protected readonly TempFolder _folder = new();
    private protected readonly DataFolder _data;
    private protected string _installation = Repository.PathOf("config/smscampaign.json");

    protected OfficerVerbsCase()
    {
        _data = new DataFolder(_folder.Path);
        _campaign.Write(
            "subscribers.csv",
            "Số điện thoại,Xã/Phường\n0961234567,Ea Bung\n0961234568,Ea Bung\n0961234569,Buôn Đôn\n");
        _campaign.Write("campaign.yaml", CampaignFolder.Valid.Replace("2025-", "2099-", StringComparison.Ordinal));
    }

    private protected IRegistry Registry => Ledgers.OpenRegistry(_data);

    private protected string Ledger => _data.Run(Key);

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _campaign.Dispose();
        _folder.Dispose();
    }

    private protected static DateTimeOffset Opening => new(2099, 7, 30, 1, 0, 0, TimeSpan.Zero);

    /// <param name="reason">Why it takes the place of another; null: it does not.</param>
    private protected Task<(int Exit, string Output, string Errors)> ApproveAsync(string? reason = null)
    {
        string[] why = reason is null ? [] : ["--reason", reason];
        return RunAsync(
            ["approve", _campaign.File, "--by", "Nguyễn Văn A", "--document", "12/KH-UBND", .. why]);
    }

    private protected async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] all = [.. args, "--data", _folder.Path, "--installation", _installation];

        var exit = await CommandLine.RunAsync(
            all, new Terminal(output, errors, Language.Vietnamese, false), CancellationToken.None);
        return args[0] == "status" && !args.Contains("--json")
            ? (exit, Shown.Flat(output.ToString()), Shown.Flat(errors.ToString()))
            : (exit, output.ToString(), errors.ToString());
    }

    /// <summary>Ends a process in the middle of a call with all three messages.</summary>
    private protected async Task CrashAsync()
    {
        await using var ledger = RunLedger.Open(Ledger, new ProcessClock(TimeProvider.System));
        await BeginAsync(ledger);
    }

    private protected static async Task BeginAsync(RunLedger ledger)
    {
        using var reader = ledger.ReadPlanned();
        var batch = reader.NextBatch(1, 0)!;
        await ledger.BeginAsync(
            [new PlannedCall(1, batch, reader.Read(batch, batch.FirstSeq, 10), KeepCarrierReference: false)]);
    }
}
