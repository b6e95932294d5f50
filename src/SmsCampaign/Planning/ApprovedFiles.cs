using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Planning;

/// <summary>
/// Compares what a run was planned and approved on with the files as they are now, by content: long before the
/// opening would find it out.
/// </summary>
public static class ApprovedFiles
{
    /// <inheritdoc cref="FindChanges(DataFolder, RunRecord, string, DateTimeOffset, out bool)"/>
    public static IReadOnlyList<Wording> FindChanges(
        DataFolder data, RunRecord run, string installationFile, DateTimeOffset now) =>
        FindChanges(data, run, installationFile, now, out _);

    /// <returns>What is different, or cannot be read by this account; none where the run could be sent as it was
    /// approved. Reads every file of the audience.</returns>
    /// <param name="isUnread">Whether all of it is what cannot be read: that anything differs is not known then. The
    /// account of the service may be able to, which has the secrets that the installation file names.</param>
    public static IReadOnlyList<Wording> FindChanges(
        DataFolder data, RunRecord run, string installationFile, DateTimeOffset now, out bool isUnread)
    {
        isUnread = false;
        var problems = new List<Problem>();
        var key = run.ToKey();
        var files = CampaignFiles.Read(
            new PreparationRequest(run.CampaignFile, installationFile, key.Date, run.Simulated)
            {
                RestOf = run.RestOf is { } of ? SqlTime.DateFromSql(of) : null,
            },
            data,
            now,
            problems);
        var inputs = files is null ? null : RunInputs.TryReadAll(files, problems);
        if (files is null || inputs is null)
        {
            var errors = problems.Where(problem => problem.Severity == Severity.Error).ToList();
            isUnread = errors.TrueForAll(error => error.MayPass);
            return [.. errors.Select(
                problem => new Wording(problem.In(Language.Vietnamese), problem.In(Language.English)))];
        }

        var stored = StoredRun.Read(run.AddressIn(data));
        return RunChanges.Find(stored, inputs, files, stored.Description.Earlier, run.Definition);
    }

    /// <summary>Reads the files of a date whose audience is not imported yet, as its opening will.</summary>
    /// <returns>What keeps the run from being planned, as far as the files' own reading tells; none where all can
    /// be read.</returns>
    public static IReadOnlyList<Wording> FindUnreadable(
        DataFolder data, string campaignFile, string installationFile, DateOnly date, DateTimeOffset now)
    {
        var problems = new List<Problem>();
        var files = CampaignFiles.Read(
            new PreparationRequest(campaignFile, installationFile, date), data, now, problems);
        if (files is not null)
            RunInputs.TryReadAll(files, problems);
        return [.. problems
            .Where(problem => problem.Severity == Severity.Error)
            .Select(problem => new Wording(problem.In(Language.Vietnamese), problem.In(Language.English)))];
    }

    /// <summary>Whether there is anything to compare: what has begun, or is over, no longer
    /// depends on its files.</summary>
    public static bool Concern(DataFolder data, RunRecord run) =>
        run is { Simulated: false, State: RunState.Planned or RunState.Approved }
        && Ledgers.RunAt(run.AddressIn(data)).Exists;

    /// <summary>As one line, with what is to be done about it: of what is only planned nothing is approved.</summary>
    /// <param name="isUnread">As of
    /// <see cref="FindChanges(DataFolder, RunRecord, string, DateTimeOffset, out bool)"/>.</param>
    public static Wording Describe(RunRecord run, IReadOnlyList<Wording> changes, bool isUnread = false)
    {
        // What cannot be read is told in whole sentences.
        var what = new Wording(
            string.Join("; ", changes.Select(change => change.Vi.TrimEnd('.'))),
            string.Join("; ", changes.Select(change => change.En.TrimEnd('.'))));
        if (isUnread)
        {
            var done = run.State == RunState.Planned
                ? new Wording("đã lập kế hoạch", "planned")
                : new Wording("đã phê duyệt", "approved");
            return new Wording(
                $"chưa so được với bản {done}: {what}. Hãy xem bằng tài khoản của dịch vụ gửi; nếu dịch vụ cũng không "
                    + $"đọc được thì tới giờ chưa gửi.",
                $"cannot be compared with what was {done}: {what}. Look by the service's account; if that cannot read "
                    + $"it either, nothing is sent at the opening.");
        }

        return run.State == RunState.Planned
            ? new Wording(
                $"khác bản đã lập kế hoạch: {what}. Trả lại như cũ, hoặc xem lại bằng 'check' rồi lập lại bằng "
                    + $"'plan' trước khi phê duyệt.",
                $"differs from what was planned: {what}. Put it back, or look at it with 'check' and plan again with "
                    + $"'plan' before it is approved.")
            : new Wording(
                $"khác bản đã phê duyệt: {what}. Trả lại như cũ trước giờ gửi, hoặc lập lại bằng 'plan' và trình phê "
                    + $"duyệt lại; để nguyên thì tới giờ sẽ không gửi.",
                $"differs from what was approved: {what}. Put it back before the opening, or plan again with 'plan' "
                    + $"and have it approved again; as it is, nothing will be sent.");
    }
}
