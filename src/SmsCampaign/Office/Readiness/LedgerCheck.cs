using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Office.Readiness;

/// <summary>Whether ledger.db and the run's own ledger are whole, add up, and say what was approved, read page by page
/// and row by row.</summary>
sealed class LedgerCheck : IReadyCheck
{
    public const string Called = "ledger";

    static readonly Wording Restore = new(
        "Hãy báo kỹ sư phụ trách khôi phục từ bản sao lưu (restore).",
        "Have your engineer restore a backup (restore).");

    public string Name => Called;

    /// <summary>Three million messages are half a gigabyte.</summary>
    public TimeSpan Patience => TimeSpan.FromMinutes(2);

    public Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken) =>
        Find(about).Alone();

    static ReadyFinding Find(ReadyCase about)
    {
        if (about.Registry is not { } registry)
            return ReadyFinding.Good(new Wording(
                $"chưa có gì trong {about.Data.Root}.", $"there is nothing in {about.Data.Root} yet."));

        if (Ledgers.FindBroken(about.Data) is { } damage)
            return ReadyFinding.Bad(damage, Restore);
        if (about.Run is not { } run)
            return ReadyFinding.Good(new Wording("ledger.db nguyên vẹn.", "ledger.db is whole."));

        var address = run.AddressIn(about.Data);
        if (Ledgers.FindBroken(about.Data, address) is { } broken)
            return ReadyFinding.Bad(broken, Restore);
        if (RunFile.Judge(about.Data, run.ToKey(), address) is { IsWhole: false } other)
            return ReadyFinding.Bad(MarkWords.Of(other), Restore);
        if (!Ledgers.RunAt(address).Exists)
            return ReadyFinding.Unknown(new Wording(
                $"không còn sổ gửi tin {address}", $"the ledger {address} is not there any more"));
        if (RunImbalance.Find(about.Data, run) is { } imbalance)
            return ReadyFinding.Bad(imbalance, Restore);
        if (RunVerification.FindOf(about.Data, registry, run, rows: true) is { Count: > 0 } differences)
            return ReadyFinding.Bad(RunVerification.Describe(differences), Restore);

        return ReadyFinding.Good(new Wording(
            "nguyên vẹn, cân đối, đúng bản đã lập.", "whole, in balance, and as it was planned."));
    }
}
