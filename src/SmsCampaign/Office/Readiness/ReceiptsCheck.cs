using SmsCampaign.Installations;
using SmsCampaign.Receipts;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Readiness;

/// <summary>Whether gateways can bring receipts: the program listens where it is set to, and the address that gateways
/// were given leads to it.</summary>
/// <param name="see">As of <see cref="WorkerCheck"/>.</param>
sealed class ReceiptsCheck(IWebProbe web, Func<ReadyCase, WorkerSight>? see = null) : IReadyCheck
{
    public const string Called = "receipts";

    public string Name => Called;

    /// <summary>Two ways and two answers.</summary>
    public TimeSpan Patience => TimeSpan.FromMinutes(1);

    public async Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken)
    {
        if (!about.Lanes.Any(lane => lane.Options.TakesCallbacks))
            return [ReadyFinding.Good(new Wording(
                "không kênh gửi nào nhận biên nhận gọi tới.", "no lane's gateway brings receipts."))];

        var settings = about.Installation.Receipts;
        var own = await LookAtOwnAsync(about, settings, cancellationToken);
        if (settings.PublicUrl is not { } outside || outside == settings.Listen)
            return [own];

        return own.Light == ReadyLight.Green
            ? [own, await LookFromOutsideAsync(outside, cancellationToken)]
            : [own, ReadyFinding.Unknown(new Wording(
                $"địa chỉ ngoài {Host(outside)}: chương trình trên máy này chưa nghe",
                $"the address outside, {Host(outside)}: the program on this machine does not listen"))];
    }

    async Task<ReadyFinding> LookAtOwnAsync(
        ReadyCase about, ReceiptSettings settings, CancellationToken cancellationToken)
    {
        var at = settings.Listen;
        var isRunning = about.IsWorker || (see ?? (each => WorkerSight.Read(each.Data, each.Now)))(about).IsThere;
        if (!isRunning)
            return web.IsFree(at)
                ? ReadyFinding.Unknown(
                    new Wording(
                        $"dịch vụ không chạy nên chưa nghe ở {at}; cổng mạng còn trống",
                        $"the service does not run, so that nothing listens at {at}; the port is free"),
                    new Wording("Khởi động dịch vụ rồi chạy lại.", "Start the service, then look again."))
                : ReadyFinding.Bad(
                    new Wording(
                        $"chương trình khác đang dùng {at}: dịch vụ sẽ không khởi động được.",
                        $"another program has {at}: the service will not start."),
                    new Wording(
                        "Hãy báo kỹ sư phụ trách tắt chương trình đó hoặc đổi receipts.listen.",
                        "Have your engineer end that program, or change receipts.listen."));

        var answer = await web.GetAsync(new Uri(at, ReceiptsAlive.Path), cancellationToken);
        return IsOurs(answer)
            ? ReadyFinding.Good(new Wording($"đang nghe ở {at}.", $"listens at {at}."))
            : ReadyFinding.Bad(
                new Wording(
                    $"dịch vụ không trả lời ở {at} ({What(answer)}).",
                    $"the service does not answer at {at} ({What(answer)})."),
                new Wording(
                    "Hãy báo kỹ sư phụ trách xem nhật ký của dịch vụ và receipts.listen.",
                    "Have your engineer look at the service's log and at receipts.listen."));
    }

    async Task<ReadyFinding> LookFromOutsideAsync(Uri outside, CancellationToken cancellationToken)
    {
        var answer = await web.GetAsync(Beneath(outside), cancellationToken);
        var host = Host(outside);
        if (IsOurs(answer))
            return ReadyFinding.Good(new Wording(
                $"địa chỉ ngoài {host} dẫn tới chương trình này.", $"the address outside, {host}, leads here."));

        var proxy = new Wording(
            "Hãy báo kỹ sư phụ trách xem máy chủ ủy quyền (reverse proxy), DNS và chứng chỉ.",
            "Have your engineer look at the reverse proxy, the DNS and the certificate.");
        return answer switch
        {
            { Status: >= 500 } or { Way: Reach.NoName or Reach.NoTls or Reach.NotTrusted } => ReadyFinding.Bad(
                new Wording(
                    $"địa chỉ ngoài {host} không dẫn tới chương trình này ({What(answer)}).",
                    $"the address outside, {host}, does not lead here ({What(answer)})."),
                proxy),
            { Status: not null } => ReadyFinding.Unknown(
                new Wording(
                    $"địa chỉ ngoài {host} trả lời ({What(answer)}) nhưng không cho máy này tới chương trình",
                    $"the address outside, {host}, answers ({What(answer)}), but does not let this machine through"),
                new Wording(
                    "Nếu máy chủ ủy quyền chỉ cho nhà mạng vào thì đúng; hãy gửi thử và xem có biên nhận không.",
                    "Right where the proxy lets in gateways alone; send a test and see that receipts come.")),
            _ => ReadyFinding.Unknown(
                new Wording(
                    $"từ máy này không tới được địa chỉ ngoài {host} ({What(answer)})",
                    $"the address outside, {host}, is not reached from this machine ({What(answer)})"),
                new Wording(
                    "Hãy mở địa chỉ từ một máy ngoài đơn vị, hoặc gửi thử và xem có biên nhận không.",
                    "Open the address from a machine elsewhere, or send a test and see that receipts come.")),
        };
    }

    /// <summary>As gateways call what lies beneath it: a path of its own stays.</summary>
    static Uri Beneath(Uri outside) => new($"{outside.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{ReceiptsAlive.Path}");

    static bool IsOurs(WebAnswer answer) =>
        answer.Status == 200 && answer.Body.StartsWith(ReceiptsAlive.Answer, StringComparison.Ordinal);

    static string Host(Uri address) => address.GetLeftPart(UriPartial.Authority);

    static Wording What(WebAnswer answer) => answer switch
    {
        { Status: { } status } => new Wording($"HTTP {status}", $"HTTP {status}"),
        { Way: Reach.NoName(var why) } => new Wording($"DNS: {why}", $"DNS: {why}"),
        { Way: Reach.NoConnection(var why) } => why,
        { Way: Reach.NoTls(var why) } => new Wording($"TLS: {why}", $"TLS: {why}"),
        { Way: Reach.NotTrusted(var why, _) } => GatewayWords.Of(why),
        _ => new Wording("không có trả lời", "no answer"),
    };
}
