namespace SmsCampaign.Office.Readiness;

/// <summary>Whether the service runs with this data folder, and is of this version.</summary>
/// <param name="see">Reads what can be told of it; unset: from the data folder.</param>
sealed class WorkerCheck(Func<ReadyCase, WorkerSight>? see = null) : IReadyCheck
{
    public const string Called = "worker";

    static readonly Wording Start = new(
        "Hãy khởi động dịch vụ gửi: 'sudo systemctl start sms-campaign'",
        "Start the service: 'sudo systemctl start sms-campaign'");

    static readonly Wording Restart = new(
        "Hãy khởi động lại dịch vụ gửi khi không có lượt gửi nào đang chạy: 'sudo systemctl restart sms-campaign'",
        "Start the service again while no run is under way: 'sudo systemctl restart sms-campaign'");

    public string Name => Called;

    public Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken) =>
        Find(about).Alone();

    ReadyFinding Find(ReadyCase about)
    {
        if (about.IsWorker)
            return ReadyFinding.Good(new Wording(
                $"đang chạy và tự kiểm tra, bản {Short(ProgramVersion.Current)}.",
                $"runs and looks itself, version {Short(ProgramVersion.Current)}."));

        var worker = (see ?? (each => WorkerSight.Read(each.Data, each.Now)))(about);
        return worker.State switch
        {
            WorkerState.Runs when worker.Sign is { Verb: "worker" } sign => Judge(sign),
            WorkerState.Runs => ReadyFinding.Note(
                new Wording(
                    "lệnh 'send' đang gửi từ thư mục dữ liệu này, nên dịch vụ gửi chưa chạy.",
                    "the verb 'send' sends from this data folder, so that the service does not run."),
                new Wording(
                    $"Khi 'send' xong: {Lower(Start)}", $"Once 'send' is done: {Lower(Start)}")),
            WorkerState.Starts => ReadyFinding.Note(
                new Wording("đang khởi động.", "is starting."),
                new Wording("Hãy xem lại sau một phút.", "Look again in a minute.")),
            WorkerState.IsStuck => ReadyFinding.Bad(Describe(worker), Restart),
            _ => about.IsAnythingDue
                ? ReadyFinding.Bad(
                    new Wording(
                        $"{Describe(worker)} Thư mục dữ liệu: {about.Data.Root}.",
                        $"{Describe(worker)} Data folder: {about.Data.Root}."),
                    new Wording(
                        $"{Start}. Nếu dịch vụ dùng thư mục dữ liệu khác, hãy ghi đúng --data.",
                        $"{Start}. Where the service has another data folder, give that by --data."))
                : ReadyFinding.Note(
                    new Wording(
                        $"{Describe(worker)} Chưa có lượt gửi nào chờ.", $"{Describe(worker)} No run waits for it."),
                    Start),
        };
    }

    static Wording Describe(WorkerSight worker)
    {
        if (worker.Sign is not { } sign)
            return new Wording("KHÔNG chạy.", "does NOT run.");

        var (at, ended) = (VietnamTime.Moment(sign.At), VietnamTime.Moment(sign.EndedAt ?? sign.At));
        return worker.State switch
        {
            WorkerState.IsStuck => new Wording(
                $"có thể đã treo: không có dấu hiệu hoạt động từ {at} dù tiến trình (PID {sign.Pid}) chưa kết thúc.",
                $"may be stuck: no sign of life since {at}, though its process (PID {sign.Pid}) has not ended."),
            WorkerState.Ended => new Wording(
                $"KHÔNG chạy; đã dừng theo yêu cầu lúc {ended}.", $"does NOT run; it was stopped at {ended}."),
            _ => new Wording(
                $"KHÔNG chạy; lần trước bị ngắt, dấu hiệu hoạt động cuối cùng: {at}.",
                $"does NOT run; it was cut off, its last sign of life: {at}."),
        };
    }

    static ReadyFinding Judge(Storage.LifeSign sign)
    {
        var (since, own) = (VietnamTime.Moment(sign.Since), Short(ProgramVersion.Current));
        return sign.Version is null
            ? ReadyFinding.Note(
                new Wording(
                    $"đang chạy từ {since}, bằng một bản cũ hơn bản {own} của lệnh này.",
                    $"runs since {since}, by an older version than this command's, {own}."),
                Restart)
            : sign.Version != ProgramVersion.Current
            ? ReadyFinding.Note(
                new Wording(
                    $"đang chạy bản {Short(sign.Version)}, lệnh này là bản {own}.",
                    $"runs version {Short(sign.Version)}, this command is version {own}."),
                Restart)
            : ReadyFinding.Good(new Wording(
                $"đang chạy từ {since}, bản {own}.", $"runs since {since}, version {own}."));
    }

    /// <summary>Without the commit behind it.</summary>
    static string Short(string version) =>
        version.IndexOf('+', StringComparison.Ordinal) is var at and > 0 ? version[..Math.Min(version.Length, at + 8)]
            : version;

    static Wording Lower(Wording words) => new(
        char.ToLowerInvariant(words.Vi[0]) + words.Vi[1..], char.ToLowerInvariant(words.En[0]) + words.En[1..]);
}
