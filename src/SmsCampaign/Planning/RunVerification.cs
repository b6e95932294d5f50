using SmsCampaign.Campaigns;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Planning;

/// <summary>
/// Holds what a run would send to what was approved (rule 8), from the run's ledger itself: sender, texts, recipients,
/// lanes and batches are recomputed from its rows, the definition from the text that is kept of it.
/// </summary>
public static class RunVerification
{
    static readonly Wording Definition = new(
        "nội dung tệp chiến dịch lưu trong ledger.db", "the campaign file's text kept in ledger.db");

    /// <param name="approvedHash">What the approval binds; null for a rehearsal, which is held to its own plan.</param>
    /// <returns>What differs, by name; none where all fits. Takes some 0.5 s a million recipients.</returns>
    /// <exception cref="LedgerException">The ledger is not there, or broken.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<Wording> Find(
        DataFolder data, RunRecord run, string? approvedHash, CancellationToken cancellationToken) =>
        Find(data, run, approvedHash, ledger => Ledgers.RunAt(ledger).ReadSeal(cancellationToken));

    /// <param name="read">Gives the seal of the ledger at an address.</param>
    public static IReadOnlyList<Wording> Find(
        DataFolder data, RunRecord run, string? approvedHash, Func<RunAddress, RunSeal> read)
    {
        if (run.Seal.Length == 0)
        {
            return [new Wording(
                "lượt gửi được lập bằng bản chương trình cũ hơn, chưa ghi đủ những gì phê duyệt phải ràng buộc",
                "the run was planned by an older program, which did not keep all that an approval must bind")];
        }

        var differences = new List<Wording>();
        if (approvedHash is not null && Ledgers.OpenRegistry(data).Audit.Verify(ledgers: false).Broken is { } row)
            differences.Add(new Wording(
                $"chuỗi kiểm toán, từ dòng {row} (xem 'audit verify')",
                $"the audit chain from row {row} on (see 'audit verify')"));

        if (!IsKept(run))
            differences.Add(Definition);

        var planned = RunSeal.Parse(run.Seal);
        if (run.ErasedSeal.Length > 0)
            planned = planned.WithRowsOf(RunSeal.Parse(run.ErasedSeal));
        differences.AddRange(FindPieces(planned, read(run.AddressIn(data))));

        if (FindNames(data, run) is { } names)
            differences.Add(names);

        if (differences.Count == 0 && approvedHash is not null && run.ApprovedHash != approvedHash)
        {
            var (now, then) = (ApprovalHash.Brief(run.ApprovedHash), ApprovalHash.Brief(approvedHash));
            differences.Add(new Wording(
                $"kế hoạch trong sổ có mã {now}, bản đã phê duyệt có mã {then}",
                $"the plan in the ledger has code {now}, what was approved {then}"));
        }

        return differences;
    }

    /// <summary>As <see cref="Find(DataFolder, RunRecord, string?, CancellationToken)"/>, held to the approval that
    /// stands for the run: for who looks at a run, whatever its state. Of a run planned before there was anything to
    /// hold it to nothing is said.</summary>
    /// <param name="rows">Whether the audience's rows are read as well.</param>
    public static IReadOnlyList<Wording> FindOf(DataFolder data, IRegistry registry, RunRecord run, bool rows)
    {
        if (run.Seal.Length == 0)
            return [];

        var approved = run.Simulated ? null : registry.FindApproval(run.Campaign, run.ToKey().Date)?.Hash;
        if (rows)
            return Find(data, run, approved, CancellationToken.None);

        var found = Ledgers.RunAt(run.AddressIn(data)).ReadSealReferences();
        var differences = FindPieces(RunSeal.Parse(run.Seal).References, found).ToList();
        if (!IsKept(run))
            differences.Add(Definition);
        return differences;
    }

    /// <summary>As one sentence for a decision or a problem.</summary>
    public static Wording Describe(IReadOnlyList<Wording> differences) => new(
        $"Sổ gửi tin khác với bản đã phê duyệt: {Wording.Join("; ", differences)}. Không gửi. "
            + $"Có người hoặc lỗi máy đã sửa tệp trong thư mục dữ liệu: hãy báo kỹ sư phụ trách, khôi phục bản sao lưu "
            + $"hoặc lập lại kế hoạch bằng 'plan' rồi trình phê duyệt lại.",
        $"The ledger differs from what was approved: {Wording.Join("; ", differences)}. Nothing is sent. "
            + $"Somebody, or a fault of the machine, has changed files in the data folder: tell your engineer, restore "
            + $"a backup or plan again with 'plan' and have it approved again.");

    /// <summary>Whether the definition that is kept still has its hash.</summary>
    static bool IsKept(RunRecord run) => CampaignFile.ReadKept(run.Definition, run.CampaignFile) is { } kept
        && CampaignHash.Of(kept) == run.DefinitionHash;

    /// <summary>What two plans, or a plan and a ledger, differ in, by name.</summary>
    internal static IEnumerable<Wording> FindPieces(RunSeal planned, RunSeal found)
    {
        var names = planned.Parts.Keys.Concat(found.Parts.Keys).Distinct()
            .Where(name => planned.Parts.GetValueOrDefault(name) != found.Parts.GetValueOrDefault(name));
        return names.Order(StringComparer.Ordinal).Select(NameOf).Distinct();
    }

    static Wording NameOf(string piece) => piece.Split(':', 3) switch
    {
        ["info", "sender"] => new("tên định danh", "the sender"),
        ["info", "text", var name] => new($"nội dung tin '{name}'", $"the text of the message '{name}'"),
        ["info", "window" or "time_zone"] => new("khung giờ gửi", "the window"),
        ["info", .. var name] =>
            new($"thông tin '{string.Join(':', name)}' của lượt gửi", $"'{string.Join(':', name)}' of the run"),
        ["segment", "0"] => new("số dòng ngoài mọi nhóm nhận tin", "the count of rows outside all segments"),
        ["segment", var id] => new($"nhóm nhận tin thứ {id}", $"segment {id}"),
        ["lane", var id] => new($"kênh gửi thứ {id}", $"lane {id}"),
        ["carrier", var id] => new($"nhà mạng thứ {id}", $"carrier {id}"),
        ["messages", ..] => new("danh sách thuê bao nhận tin", "the audience"),
        ["exclusions" or "sources" or "areas"] =>
            new("danh sách loại trừ hoặc nguồn của danh sách", "the exclusions or the audience's sources"),
        ["routes"] => new("tin chuyển sang kênh khác", "what was moved to other lanes"),
        ["batches"] => new("kế hoạch chia lô", "the plan's batches"),
        _ => new($"cấu trúc của sổ gửi tin ({piece})", $"the ledger's schema ({piece})"),
    };

    /// <returns>Null where the ledger says that it is the run's.</returns>
    static Wording? FindNames(DataFolder data, RunRecord run)
    {
        using var ledger = Ledgers.RunAt(run.AddressIn(data)).ReadPlan();
        try
        {
            var said = ledger.ReadDescription();
            return (said.Code, said.Key.ToString(), SqlTime.ToSql(said.Date), said.Simulated) == (
                run.Code, run.Key, run.Date, run.Simulated)
                ? null
                : new Wording("khóa hoặc mã của lượt gửi", "the run's key or code");
        }
        catch (LedgerRowException unreadable)
        {
            return unreadable.Words;
        }
    }
}
