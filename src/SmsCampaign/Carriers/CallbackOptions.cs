using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using SmsCampaign.Files.Binding;

namespace SmsCampaign.Carriers;

/// <summary>
/// How a gateway that calls us back shows that it is the gateway, as far as it can: what is set must all hold. A
/// callback that does not is refused, and nothing of it is kept.
/// </summary>
public sealed class CallbackOptions : ICheckedSettings
{
    [Meaning(
        "Phần cuối của địa chỉ đưa cho nhà mạng: /receipts/KÊNH/CHUỖI. Gồm 16 đến 200 chữ cái không dấu, chữ "
            + "số, dấu - và _, lấy từ biến môi trường hoặc tệp. Không ghi: địa chỉ không có phần này.",
        "What ends the address that the carrier is given: /receipts/LANE/SECRET. 16 to 200 letters, digits, "
            + "dashes and underscores, from the environment or a file. Unset: nothing does.")]
    [Secret, RegularExpression("[A-Za-z0-9_-]{16,200}")]
    public string? Secret { get; set; }

    [Meaning(
        "Tên dùng cho HTTP Basic (RFC 7617), đi cùng password. Không ghi: không dùng.",
        "User name of HTTP Basic authentication (RFC 7617), with the password. Unset: none.")]
    public string? User { get; set; }

    [Meaning(
        "Mật khẩu dùng cho HTTP Basic, lấy từ biến môi trường hoặc tệp.",
        "Password of HTTP Basic authentication, from the environment or a file.")]
    [Secret]
    public string? Password { get; set; }

    [Meaning(
        "Địa chỉ và dải mạng mà cổng nhắn tin gọi từ đó, ví dụ 203.0.113.7 hoặc 203.0.113.0/24. Không ghi: từ "
            + "bất kỳ đâu. Danh sách gồm mọi địa chỉ, như 0.0.0.0/0, không phân biệt được ai với ai nên không "
            + "được tính.",
        "Addresses and networks that the gateway calls from, such as 203.0.113.7 or 203.0.113.0/24. Unset: "
            + "any. A list that together holds every address, as 0.0.0.0/0 does, tells nobody from another and "
            + "counts for none.")]
    public List<string> From { get; set; } = [];

    [Meaning(
        "Lý do nhận biên nhận từ bất kỳ ai gọi tới, ít nhất 10 ký tự: khi nhà mạng không làm được cách nào "
            + "khác. Được nêu lại trong cảnh báo mỗi lần kiểm tra. Không ghi: kênh thật không nhận.",
        "Why callbacks are taken from whoever calls, at least 10 characters: where the carrier can do none of "
            + "the others. Shown with the warnings of each check. Unset: they are not, of a live lane.")]
    public string? Open { get; set; }

    internal bool IsGuarded =>
        Secret is not null || User is not null || (From.Count > 0 && !AddressRange.HoldAll(From));

    IEnumerable<SettingsFault> ICheckedSettings.Check()
    {
        if (User is null != Password is null)
        {
            yield return new SettingsFault(User is null ? "password" : "user", new Wording(
                "'user' và 'password' phải đi cùng nhau.", "'user' and 'password' go together."));
        }

        // What nobody has to know is no guard.
        foreach (var (key, value) in new[] { ("user", User), ("password", Password) })
        {
            if (value is not null && string.IsNullOrWhiteSpace(value))
                yield return new SettingsFault(key, new Wording("Không được để trống.", "It may not be empty."));
        }

        if (User?.Contains(':', StringComparison.Ordinal) ?? false)
            yield return new SettingsFault(
                "user", new Wording("Không được có dấu hai chấm.", "It may not hold a colon."));

        foreach (var fault in AddressRange.Check("from", From))
            yield return fault;
    }
}

/// <summary>Addresses and networks as settings list them.</summary>
static class AddressRange
{
    /// <summary>Bits before an IPv4 address that is written as one of IPv6: ::ffff:203.0.113.7.</summary>
    const int MappedPrefix = 96;

    /// <summary>An address of IPv4 is written in four decimal parts: .NET reads 10.1 as 10.0.0.1, and
    /// 010.0.0.0/8 as 8.0.0.0/8.</summary>
    /// <returns>Null where the text is neither.</returns>
    public static IPNetwork? Of(string text)
    {
        IPNetwork? read = IPNetwork.TryParse(text, out var network) ? network
            : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : null;
        if (read is { BaseAddress: { AddressFamily: AddressFamily.InterNetwork } plain }
            && text.Split('/')[0] != plain.ToString())
            return null;

        // Callers of IPv4 are compared as such, whichever socket says their address (RFC 4291, 2.5.5.2).
        return read is { PrefixLength: >= MappedPrefix } wide && wide.BaseAddress.IsIPv4MappedToIPv6
            ? new IPNetwork(wide.BaseAddress.MapToIPv4(), wide.PrefixLength - MappedPrefix)
            : read;
    }

    /// <summary>Whether every address of IPv4 or of IPv6 is in one or another of them, as in 0.0.0.0/0, or in 0.0.0.0/1
    /// and 128.0.0.0/1: they tell nobody from another.</summary>
    public static bool HoldAll(IEnumerable<string> texts) => texts.Select(Of).OfType<IPNetwork>()
        .GroupBy(network => network.BaseAddress.AddressFamily)
        .Any(AreAll);

    static bool AreAll(IEnumerable<IPNetwork> ofOneFamily)
    {
        UInt128 next = 0;
        foreach (var (first, last, most) in ofOneFamily.Select(BoundsOf).OrderBy(bounds => bounds.First))
        {
            if (first > next)
                return false;
            if (last == most)
                return true;
            if (last >= next)
                next = last + 1;
        }

        return false;
    }

    /// <returns>Its first and last address, and the last one of all, as numbers.</returns>
    static (UInt128 First, UInt128 Last, UInt128 Most) BoundsOf(IPNetwork network)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        UInt128 first = 0;
        foreach (var part in bytes)
            first = (first << 8) | part;

        var most = bytes.Length == 4 ? uint.MaxValue : UInt128.MaxValue;
        var own = network.PrefixLength == 0 ? most : (UInt128.One << (bytes.Length * 8 - network.PrefixLength)) - 1;
        return (first, first | own, most);
    }

    public static IEnumerable<SettingsFault> Check(string key, IReadOnlyList<string> texts)
    {
        for (var at = 0; at < texts.Count; at++)
        {
            if (Of(texts[at]) is null)
            {
                yield return new SettingsFault($"{key}[{at}]", new Wording(
                    $"'{texts[at]}' không phải địa chỉ IP hay dải mạng. Ví dụ: 203.0.113.7 hoặc 203.0.113.0/24.",
                    $"'{texts[at]}' is neither an IP address nor a network. Such as: 203.0.113.7 or 203.0.113.0/24."));
            }
        }
    }
}
