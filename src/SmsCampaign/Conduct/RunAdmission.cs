using SmsCampaign.Campaigns;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Conduct;

/// <summary>Whether a run may be sent now.</summary>
/// <param name="Ready">The run; null where it may not.</param>
/// <param name="Refusal">Why not; null where another process prepares it at this moment.</param>
public sealed record Admission(RunRecord? Ready, Wording? Refusal = null)
{
    /// <summary>Whether what was approved is no longer what would be sent.</summary>
    public bool Voids { get; init; }

    /// <summary>Whether a file could not be read now, and it is to be tried again.</summary>
    public bool MayPass { get; init; }
}

/// <summary>
/// Lets a run be sent only as it was approved (rule 8). Before it begins, from its files; what has begun depends on its
/// ledger alone, but a campaign file that was rewritten since stops it.
/// </summary>
public sealed class RunAdmission(RunKey key, IRegistry registry, RunStages stages)
{
    /// <summary>Problems named in the reason of a hold; more are only counted.</summary>
    const int MostProblemsTold = 3;

    /// <param name="sends">Whether messages are to be sent; else it is only closed, for which
    /// its ledger is enough.</param>
    public Admission Admit(Occurrence run, bool sends, CancellationToken stopping)
    {
        if (sends && run.Run is { IsErased: true } erased)
            return new Admission(null, PurgeWords.Of(erased));

        // Whoever wrote the approval, and however: what one person let go alone stays where it is.
        if (sends && run.Approval is { IsByTwo: false } alone && stages.TakesTwoPersons())
            return new Admission(null, TwoPersonsWords.Of(alone));

        if (run.Run is { } planned && (!sends || stages.HasBegun(planned)))
        {
            return sends && stages.FindRewritten(planned) is { Count: > 0 } rewritten
                ? new Admission(null, Describe(rewritten)) { Voids = true }
                : Compare(planned, run, sends, stopping);
        }

        var preparation = stages.Prepare(key, run.File, stopping);
        if (preparation.Busy)
            return new Admission(null);
        if (preparation.Run is null)
            return new Admission(null, Describe(preparation.Problems))
            {
                Voids = !preparation.MayPass,
                MayPass = preparation.MayPass,
            };

        return Compare(registry.Find(key)!, run, sends, stopping);
    }

    Admission Compare(RunRecord planned, Occurrence run, bool sends, CancellationToken stopping)
    {
        var hash = planned.ApprovedHash;
        if (run.Approval is { } approval && hash != approval.Hash)
        {
            var (now, then) = (ApprovalHash.Brief(hash), ApprovalHash.Brief(approval.Hash));
            return new Admission(null, new Wording(
                $"Nội dung, danh sách thuê bao hoặc kế hoạch đã khác so với lúc phê duyệt (mã "
                    + $"{now}, đã phê duyệt {then}).",
                $"Definition, audience or plan differ from what was approved ({now}, approved {then})."))
            { Voids = true };
        }

        // Whatever the files say, what is sent are the ledger's rows.
        var differences = sends ? stages.Verify(planned, run.Approval?.Hash, stopping) : [];
        if (differences.Count > 0)
            return new Admission(null, RunVerification.Describe(differences));

        var stale = sends ? stages.FindStale(planned) : [];
        if (stale.Count == 0)
            return new Admission(planned);

        return new Admission(null, new Wording(
            $"Kênh gửi mà tiến trình này đang dùng khác với kế hoạch: {Wording.Join("; ", stale)}. "
                + $"Tệp cấu hình đã sửa sau khi tiến trình khởi động thì hãy khởi động lại dịch vụ gửi; "
                + $"nếu không, hãy trả tệp về như lúc lập kế hoạch rồi khởi động lại. Sau đó phê duyệt lại.",
            $"The lanes this process uses are not those of the plan: {Wording.Join("; ", stale)}. "
                + $"If the installation file was changed after the process started, start the worker again; "
                + $"if not, put the file back as it was planned and start it again. Then approve it again."));
    }

    static Wording Describe(IReadOnlyList<Problem> problems)
    {
        var errors = problems.Where(problem => problem.Severity == Severity.Error).ToList();
        var told = errors.Take(MostProblemsTold).ToList();
        var more = errors.Count - told.Count;
        return new Wording(
            string.Join(" ", told.Select(problem => problem.In(Language.Vietnamese)))
                + (more > 0 ? $" (và {more} lỗi nữa)" : ""),
            string.Join(" ", told.Select(problem => problem.In(Language.English)))
                + (more > 0 ? $" (and {more} more)" : ""));
    }
}
