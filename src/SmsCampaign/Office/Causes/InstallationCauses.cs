using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Office.Causes;

/// <summary>What is wrong with the installation as a whole: the process, the disk, the records, the receipts.</summary>
static class InstallationCauses
{
    /// <summary>Problems that are told in one alert: the rest is counted.</summary>
    const int MostProblems = 3;

    /// <summary>What <see cref="AlertKind.RecordDamaged"/> is about where it is the installation file.</summary>
    public const string Settings = "installation";

    /// <summary>Of the floor: a person has time to make room before it is reached.</summary>
    const int EarlyTimes = 2;

    /// <param name="floor">Bytes that must be free for receipts to be taken.</param>
    /// <param name="unreadable">Receipts by lane that came in the last day and cannot be read.</param>
    public static IEnumerable<Cause> Find(
        StatusView view, DataFolder data, long floor, IReadOnlyList<OddReceipts> unreadable) =>
    [
        .. FindStuck(view),
        .. FindDisk(view, data, floor),
        .. FindSettings(view),
        .. FindRecord(view),
        .. FindMissing(view),
        .. FindUnreadable(view, unreadable),
    ];

    static IEnumerable<Cause> FindStuck(StatusView view)
    {
        if (view.Worker is not { State: WorkerState.IsStuck, Sign: { } sign })
            yield break;

        yield return new Cause(new Alert(
            AlertKind.WorkerStuck,
            "",
            AlertSeverity.Urgent,
            sign.At,
            new Wording("dịch vụ gửi không có dấu hiệu hoạt động", "the worker shows no sign of life"),
            view.Worker.ToWords(),
            new Wording(
                "kỹ sư phụ trách xem nhật ký rồi khởi động lại dịch vụ (systemctl restart sms-campaign); không tin nào "
                    + "bị gửi hai lần. Xem: sms-campaign status",
                "your engineer looks at the log and starts the service again (systemctl restart sms-campaign); nothing "
                    + "is sent twice. See: sms-campaign status")));
    }

    static IEnumerable<Cause> FindDisk(StatusView view, DataFolder data, long floor)
    {
        if ((view.Disk?.Free ?? DiskFloor.FreeAt(data.Root)) is not { } bytes)
        {
            yield return Cause.Unknown(AlertKind.DiskLow, "");
            yield break;
        }

        if (bytes >= floor * EarlyTimes)
            yield break;

        var (free, least) = (Figures.Count(bytes / DiskRoom.Unit), Figures.Count(floor / DiskRoom.Unit));
        var isBelow = bytes < floor;
        yield return new Cause(new Alert(
            AlertKind.DiskLow,
            "",
            isBelow ? AlertSeverity.Urgent : AlertSeverity.Warning,
            view.At,
            new Wording($"đĩa chỉ còn trống {free} MB", $"the disk has only {free} MB free"),
            isBelow
                ? new DiskRoom(data.Root, bytes, floor).Words
                : new Wording(
                    $"Dưới {least} MB thì chương trình không nhận biên nhận; hết đĩa thì không gửi được.",
                    $"Below {least} MB receipts are not taken; without room nothing is sent."),
            new Wording(
                $"giải phóng đĩa chứa {data.Root}, hoặc báo kỹ sư phụ trách. Không xóa tệp nào trong thư mục đó",
                $"make room on the disk of {data.Root}, or tell your engineer. Delete nothing in that folder")));
    }

    /// <summary>A file that a person wrote, and can mend: no record is damaged by it.</summary>
    static IEnumerable<Cause> FindSettings(StatusView view)
    {
        if (view.UnreadInstallation.Count == 0)
            yield break;

        yield return new Cause(new Alert(
            AlertKind.RecordDamaged,
            Settings,
            AlertSeverity.Urgent,
            view.At,
            new Wording("không đọc được tệp cấu hình", "the installation file cannot be read"),
            Wording.Join(" ", view.UnreadInstallation.Take(MostProblems)),
            new Wording(
                "kỹ sư phụ trách sửa tệp cấu hình ở chỗ nói trên: dịch vụ gửi không khởi động lại được với tệp này. Sổ "
                    + "và hồ sơ không hề gì. Xem: sms-campaign doctor",
                "your engineer mends the installation file where it says: the worker cannot be started again with it. "
                    + "Ledgers and records are whole. See: sms-campaign doctor")));
    }

    /// <summary>What is said of runs, of the disk, of the installation file and of receipts is told by
    /// itself.</summary>
    static IEnumerable<Cause> FindRecord(StatusView view)
    {
        if (view.IsWhole)
            yield break;

        var elsewhere = view.Runs.Select(run => run.Unreadable)
            .Append(view.Disk?.Words)
            .Concat(view.UnreadInstallation.Select(each => (Wording?)each))
            .Concat(view.Missing.Select(each => (Wording?)each.Words))
            .Concat(view.Forged.Select(command => command.Unvouched?.Words)) // who refuses one tells of it
            .OfType<Wording>()
            .ToHashSet();
        var problems = view.Problems
            .Select(problem => problem.What)
            .Concat(view.Stopped.Select(stop => stop.Unreadable).OfType<Wording>())
            .Where(problem => !elsewhere.Contains(problem))
            .ToList();
        if (problems.Count == 0)
            yield break;

        yield return new Cause(OfRecord("", view.At, problems));
    }

    /// <summary>That what is kept of the installation cannot be relied on.</summary>
    public static Alert OfRecord(string about, DateTimeOffset since, IReadOnlyList<Wording> problems)
    {
        var more = problems.Count - MostProblems;
        var rest = more > 0
            ? new Wording($" Và {Figures.Count(more)} điều khác.", $" And {Figures.Count(more)} more.")
            : new Wording("", "");
        return new Alert(
            AlertKind.RecordDamaged,
            about,
            AlertSeverity.Urgent,
            since,
            new Wording("hồ sơ của chương trình không còn nguyên vẹn", "the program's records are not whole"),
            Wording.Join(" ", problems.Take(MostProblems).Select(problem => problem)) + rest,
            new Wording(
                "báo kỹ sư phụ trách; chưa sửa tệp nào. Xem: sms-campaign status, sms-campaign audit verify",
                "tell your engineer; change no file yet. See: sms-campaign status, sms-campaign audit verify"));
    }

    /// <summary>That the web pages are not served, by the file that keeps them from it: no message depends on
    /// it.</summary>
    public static Alert OfPages(string about, DateTimeOffset since, Wording why) => new(
        AlertKind.RecordDamaged,
        about,
        AlertSeverity.Urgent,
        since,
        new Wording("không mở được trang web của chương trình", "the program's web pages cannot be served"),
        why,
        new Wording(
            "báo kỹ sư phụ trách. Trong lúc đó xem và tạm dừng bằng lệnh trên máy chủ: sms-campaign status, "
                + "sms-campaign pause",
            "tell your engineer. Meanwhile look and pause by commands on the server: sms-campaign status, "
                + "sms-campaign pause"));

    static IEnumerable<Cause> FindMissing(StatusView view)
    {
        if (view.Missing.Count == 0)
            yield break;

        yield return new Cause(new Alert(
            AlertKind.ReceiptsDamaged,
            "",
            AlertSeverity.Warning,
            ProcessClock.FromMicros(view.Missing.Min(each => each.Since)) is var since && since < view.At
                ? since
                : view.At,
            new Wording("thiếu biên nhận hoặc tệp biên nhận bị hỏng", "receipts are missing, or their file is damaged"),
            Wording.Join(" ", view.Missing.Take(MostProblems).Select(each => each.Words)),
            new Wording(
                "báo kỹ sư phụ trách. Biên nhận mới vẫn được nhận. Xem: sms-campaign status",
                "tell your engineer. New receipts are taken. See: sms-campaign status")));
    }

    static IEnumerable<Cause> FindUnreadable(StatusView view, IReadOnlyList<OddReceipts> unreadable) => unreadable
        .Where(odd => odd is { Kind: ReceiptOddity.Unreadable, Count: > 0 })
        .Select(odd => new Cause(new Alert(
            AlertKind.ReceiptsUnreadable,
            odd.Lane ?? "",
            AlertSeverity.Warning,
            view.At,
            new Wording(
                $"kênh '{NumberMask.In(odd.Lane ?? "")}' gửi biên nhận không đọc được",
                $"the lane '{NumberMask.In(odd.Lane ?? "")}' brings receipts that cannot be read"),
            new Wording(
                $"Trong 24 giờ qua: {Figures.Count(odd.Count)}. Tất cả được lưu nguyên văn; tin của chúng chưa có kết "
                    + $"quả cuối.",
                $"In the last 24 hours: {Figures.Count(odd.Count)}. All are kept as they came; their messages have no "
                    + $"last result."),
            new Wording(
                "báo kỹ sư phụ trách: nhà mạng có thể đã đổi dạng biên nhận. Xem: sms-campaign status",
                "tell your engineer: the carrier may have changed their form. See: sms-campaign status"))));
}
