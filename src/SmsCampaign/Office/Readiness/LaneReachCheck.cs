using System.Globalization;
using SmsCampaign.Carriers;

namespace SmsCampaign.Office.Readiness;

/// <summary>Whether the way to each lane's gateway leads there: name, connection, TLS, and a certificate that is good
/// beyond the run.</summary>
sealed class LaneReachCheck(IGatewayProbe probe) : IReadyCheck
{
    public const string Called = "lane-reach";

    /// <summary>A certificate that ends sooner should be renewed by now.</summary>
    static readonly TimeSpan SoonOver = TimeSpan.FromDays(14);

    public string Name => Called;

    /// <summary>Three stretches of a way, each as long as <see cref="GatewayProbe"/> waits.</summary>
    public TimeSpan Patience => TimeSpan.FromSeconds(40);

    public async Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken)
    {
        // Several addresses of a gateway are mostly of one host.
        var ways = about.Lanes.SelectMany(lane => AddressesOf(lane).Select(address => (Lane: lane, Address: address)));
        return await Task.WhenAll(ways.Select(async way =>
            Judge(way.Address, await probe.ReachAsync(way.Address, cancellationToken), about) with
            {
                Subject = way.Lane.Name,
            }));
    }

    static IEnumerable<Uri> AddressesOf(Lane lane) => lane.Options.Addresses
        .Select(address => address.At)
        .OfType<Uri>()
        .DistinctBy(address => (address.Scheme, address.IdnHost, address.Port));

    internal static ReadyFinding Judge(Uri address, Reach reach, ReadyCase about)
    {
        var host = string.Create(CultureInfo.InvariantCulture, $"{address.IdnHost}:{address.Port}");
        return reach switch
        {
            Reach.NoName(var why) => ReadyFinding.Bad(
                new Wording(
                    $"không tìm được địa chỉ của {address.IdnHost} (DNS: {why}).",
                    $"{address.IdnHost} has no address (DNS: {why})."),
                new Wording(
                    "Hãy báo kỹ sư phụ trách kiểm tra DNS của máy và địa chỉ trong tệp cấu hình.",
                    "Have your engineer check the machine's DNS and the address in the installation file.")),
            Reach.NoConnection(var why) => ReadyFinding.Bad(
                new Wording($"không kết nối được {host} ({why}).", $"{host} takes no connection ({why})."),
                new Wording(
                    "Hãy báo kỹ sư phụ trách kiểm tra mạng, tường lửa và hỏi nhà mạng cổng nhắn tin có đang chạy "
                        + "không.",
                    "Have your engineer check network and firewall, and ask the carrier whether the gateway runs.")),
            Reach.NoTls(var why) => ReadyFinding.Bad(
                new Wording(
                    $"kết nối được {host} nhưng không lập được TLS ({why}).",
                    $"{host} takes the connection, and no TLS ({why})."),
                new Wording(
                    "Hãy báo kỹ sư phụ trách kiểm tra địa chỉ (https, cổng mạng) và hỏi nhà mạng.",
                    "Have your engineer check the address (https, port) and ask the carrier.")),
            Reach.NotTrusted(var why, _) => ReadyFinding.Bad(
                new Wording(
                    $"{host}: {GatewayWords.Of(why)}.",
                    $"{host}: {why}."),
                new Wording(
                    "Hãy hỏi nhà mạng về chứng chỉ, và kiểm tra đồng hồ của máy này.",
                    "Ask the carrier about its certificate, and check this machine's clock.")),
            Reach.Open(null) => ReadyFinding.Good(new Wording(
                $"tới được {host} (không TLS).", $"{host} is reached (no TLS).")),
            Reach.Open({ } ends) => OfCertificate(host, ends, about),
            _ => throw new ArgumentOutOfRangeException(nameof(reach), reach, null),
        };
    }

    static ReadyFinding OfCertificate(string host, DateTimeOffset ends, ReadyCase about)
    {
        var day = Figures.Date(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(ends, VietnamTime.Zone).DateTime));
        var last = about.Opening?.Closes ?? about.Now;
        return ends <= last
            ? ReadyFinding.Bad(
                new Wording(
                    $"chứng chỉ của {host} hết hạn ngày {day}, trước khi gửi xong.",
                    $"the certificate of {host} is over on {day}, before the run is."),
                new Wording("Hãy yêu cầu nhà mạng thay chứng chỉ.", "Have the carrier renew it."))
            : ends - about.Now < SoonOver
            ? ReadyFinding.Note(
                new Wording(
                    $"tới được {host}; chứng chỉ sắp hết hạn, ngày {day}.",
                    $"{host} is reached; its certificate is over soon, on {day}."),
                new Wording("Hãy hỏi nhà mạng bao giờ thay.", "Ask the carrier when it is renewed."))
            : ReadyFinding.Good(new Wording(
                $"tới được {host}, chứng chỉ đến {day}.", $"{host} is reached, certificate until {day}."));
    }
}
