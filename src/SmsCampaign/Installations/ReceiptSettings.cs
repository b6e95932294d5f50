using System.ComponentModel.DataAnnotations;
using System.Net;
using SmsCampaign.Carriers;
using SmsCampaign.Files.Binding;

namespace SmsCampaign.Installations;

/// <summary>Where gateways bring delivery receipts: to <c>/receipts/LANE</c> at this address.</summary>
public sealed class ReceiptSettings : ICheckedSettings
{
    const string ReasonKey = "allowBeyondLoopback";

    [Meaning(
        "Địa chỉ chương trình nhận biên nhận: http, địa chỉ IP hoặc localhost, cổng mạng, và không có gì phía "
            + "sau. Cổng nhắn tin gọi /receipts/KÊNH ở đó, chương trình giám sát gọi /healthz. Ra ngoài máy này "
            + "chỉ khi có allowBeyondLoopback.",
        "Address the program listens at: http, an IP address or localhost, a port, and nothing behind it. "
            + "Gateways call /receipts/LANE there, watchers /healthz. Beyond this machine only with "
            + "allowBeyondLoopback.")]
    [SuchAs("http://127.0.0.1:8090")]
    public Uri Listen { get; set; } = new("http://127.0.0.1:8090");

    [Meaning(
        "Lý do chương trình nhận từ ngoài máy này, ít nhất 10 ký tự: những gì tới đó không có TLS, từ bất kỳ "
            + "ai gọi được địa chỉ. Không ghi: không được.",
        "Why the program listens beyond this machine, at least 10 characters: what comes there comes without "
            + "TLS, from whoever reaches the address. Unset: it may not.")]
    public string? AllowBeyondLoopback { get; set; }

    [Meaning(
        "Chính địa chỉ ấy theo cách cổng nhắn tin nhìn thấy, qua máy chủ ủy quyền nếu có. Không ghi: như "
            + "listen. Để người đăng ký với nhà mạng xem.",
        "The same address as gateways see it, through whatever proxy stands in front. Unset: as listen. A note "
            + "for whoever registers it with the carrier.")]
    public Uri? PublicUrl { get; set; }

    [Meaning(
        "Địa chỉ và dải mạng của các máy chủ ủy quyền (reverse proxy) của đơn vị: lời khai X-Forwarded-For của "
            + "máy ấy được tin, và máy ấy được giữ nhiều kết nối hơn máy khác. Sau máy chủ ủy quyền, "
            + "callback.from cần khóa này.",
        "Addresses and networks of our own proxies: what one of them says in X-Forwarded-For is believed, and "
            + "it may hold more connections than others. Behind a proxy, callback.from needs this.")]
    public List<string> Proxies { get; set; } = [];

    [Meaning(
        "Dung lượng đĩa phải còn trống ở thư mục dữ liệu thì mới nhận biên nhận, MB (1.000.000 byte): phần ấy "
            + "để dành cho sổ gửi tin, còn biên nhận thì cổng nhắn tin sẽ gửi lại.",
        "What must be free on the disk of the data folder for receipts to be taken, in MB (1,000,000 bytes): "
            + "it is kept for the ledgers, and gateways bring their receipts again.")]
    [Range(1, 1_000_000)]
    public int DiskFloor { get; set; } = 500;

    /// <summary><see cref="DiskFloor"/> in bytes.</summary>
    public long FloorBytes => DiskFloor * Storage.DiskRoom.Unit;

    /// <summary><see cref="Proxies"/>, each as a network.</summary>
    public IReadOnlyList<IPNetwork> ProxyNetworks => [.. Proxies.Select(AddressRange.Of).OfType<IPNetwork>()];

    IEnumerable<SettingsFault> ICheckedSettings.Check() =>
        AddressRange.Check("proxies", Proxies).Concat(CheckProxies()).Concat(CheckListen()).Concat(CheckPublic());

    /// <summary>Whoever is a proxy says where a callback comes from.</summary>
    IEnumerable<SettingsFault> CheckProxies()
    {
        if (AddressRange.HoldAll(Proxies))
        {
            yield return new SettingsFault("proxies", new Wording(
                "Danh sách này gồm mọi địa chỉ: ai gọi tới cũng được tin là máy chủ ủy quyền (reverse proxy), "
                    + "và tự khai được địa chỉ của nhà mạng. Hãy chỉ ghi địa chỉ của máy chủ ủy quyền của đơn vị.",
                "This list holds every address: whoever calls would be believed to be a proxy of yours, and could call "
                    + "itself the gateway. Write the addresses of your own proxies alone."));
        }
    }

    IEnumerable<SettingsFault> CheckListen()
    {
        if (!ListenAddress.IsGood(Listen))
        {
            yield return new SettingsFault("listen", new Wording(
                $"Cần http://, địa chỉ IP hoặc localhost, cổng, và không có gì phía sau, như http://127.0.0.1:8090; "
                    + $"đang là '{Listen.OriginalString}'. Với tên máy, chương trình sẽ mở trên mọi địa chỉ của máy: "
                    + $"hãy ghi đúng địa chỉ IP.",
                $"Expected http://, an IP address or localhost, a port, and nothing behind it, such as "
                    + $"http://127.0.0.1:8090; found '{Listen.OriginalString}'. With the name of a host every address "
                    + $"of the machine would be opened: write the IP address."));
            yield break;
        }

        if (!Listen.IsLoopback && AllowBeyondLoopback is null)
        {
            yield return new SettingsFault("listen", new Wording(
                $"Địa chỉ này mở ra ngoài máy mà không có TLS. Hãy dùng 127.0.0.1 sau một máy chủ ủy quyền (reverse "
                    + $"proxy); nếu phải mở ra ngoài, ghi lý do vào '{ReasonKey}'.",
                $"This address is open beyond this machine, without TLS. Use 127.0.0.1 behind a reverse proxy; "
                    + $"where it must be open, write why into '{ReasonKey}'."));
        }

        if (AllowBeyondLoopback is not { } reason)
            yield break;

        if (Listen.IsLoopback)
        {
            yield return new SettingsFault(ReasonKey, new Wording(
                "Địa chỉ nhận biên nhận nằm trong máy này, không cần lý do; hãy bỏ khóa này.",
                "The receipts address is on this machine and needs no reason; take the key out."));
        }
        else if (reason.Trim().Length < LaneOptions.ShortestReason)
        {
            yield return new SettingsFault(ReasonKey, new Wording(
                $"Hãy ghi rõ lý do (ít nhất {LaneOptions.ShortestReason} ký tự): vì sao phải mở ra ngoài máy, "
                    + $"đường truyền được bảo vệ thế nào.",
                $"Write the reason (at least {LaneOptions.ShortestReason} characters): why it must be open beyond this "
                    + $"machine, and what protects the line."));
        }
    }

    IEnumerable<SettingsFault> CheckPublic()
    {
        if (PublicUrl is { UserInfo.Length: > 0 })
            yield return new SettingsFault("publicUrl", new Wording(
                "Không viết tên và mật khẩu trong địa chỉ; hãy bỏ phần đó.",
                "No name and password in the address; take them out."));
    }
}
