using SmsCampaign.Files.Binding;

namespace SmsCampaign.Carriers;

/// <summary>
/// What the address of a gateway must be: https, or http on this machine; plain http elsewhere only where the
/// lane's settings say why (<see cref="LaneOptions.AllowPlainHttp"/>), as all it carries, credentials too, can be
/// read and changed on the way.
/// </summary>
static class GatewayAddress
{
    const string ReasonKey = "allowPlainHttp";

    /// <summary>Everything an address of a lane must be.</summary>
    /// <param name="addresses">Every one of the lane.</param>
    public static IEnumerable<SettingsFault> Check(LaneOptions lane, IReadOnlyList<LaneAddress> addresses) =>
        addresses.SelectMany(each => Check(each.Key, each.At, lane))
            .Concat(CheckReason(lane, addresses.Select(each => each.At)))
            .Concat(CheckStandIn(lane, addresses.Select(each => each.At)));

    /// <summary>Of an address that others are put behind.</summary>
    public static IEnumerable<SettingsFault> CheckFolder(string key, Uri? address, string example)
    {
        if (address is { IsAbsoluteUri: true }
            && (!address.AbsolutePath.EndsWith('/') || address.Query.Length > 0 || address.Fragment.Length > 0))
        {
            yield return SettingsFault.Of(key,
                $"Địa chỉ phải kết thúc bằng dấu gạch chéo, như {example}.",
                $"The address must end in a slash, as {example}.");
        }
    }

    /// <summary>Of an address of ours that a gateway is given to call: what is put behind it
    /// must stay readable.</summary>
    /// <param name="address">Null: none is given.</param>
    public static IEnumerable<SettingsFault> CheckOurs(string key, Uri? address)
    {
        if (address is null or { IsAbsoluteUri: true, Scheme: "http", IsLoopback: true, Query: "", Fragment: "" }
            || address is { IsAbsoluteUri: true, Scheme: "https", Query: "", Fragment: "", UserInfo: "" })
        {
            yield break;
        }

        yield return SettingsFault.Of(key,
            "Cần địa chỉ https đầy đủ, không có ?, # hay mật khẩu, như https://TÊN-MÁY/receipts/KÊNH.",
            "Expected a full https address without ?, # or a password, such as https://YOUR-HOST/receipts/LANE.");
    }

    /// <param name="key">Where the address stands in the lane's section.</param>
    /// <param name="address">Null: it is no address at all.</param>
    static IEnumerable<SettingsFault> Check(string key, Uri? address, LaneOptions lane)
    {
        if (address is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            yield return new SettingsFault(key, new Wording(
                "Cần địa chỉ đầy đủ bắt đầu bằng https://.", "Expected a full address that begins with https://."));
            yield break;
        }

        if (IsPlain(address) && lane.AllowPlainHttp is null)
        {
            yield return new SettingsFault(key, new Wording(
                $"Địa chỉ phải dùng https (http chỉ được dùng trong máy này). Nếu nhà mạng chỉ có http, "
                    + $"ghi lý do vào '{ReasonKey}'.",
                $"The address must use https (http only on this machine). Where the carrier has nothing but http, "
                    + $"write why into '{ReasonKey}'."));
        }

        if (address.UserInfo.Length > 0)
        {
            yield return new SettingsFault(key, new Wording(
                "Không viết tên và mật khẩu trong địa chỉ; hãy ghi vào khóa dành cho chúng (ở kênh http: "
                    + "headers) bằng ${env:…} hoặc ${file:…}.",
                "No name and password in the address; use the keys for them (headers, of an http lane) "
                    + "with ${env:…} or ${file:…}."));
        }
    }

    static IEnumerable<SettingsFault> CheckReason(LaneOptions lane, IEnumerable<Uri?> addresses)
    {
        if (lane.AllowPlainHttp is not { } reason)
            yield break;

        if (reason.Trim().Length < LaneOptions.ShortestReason)
        {
            yield return new SettingsFault(ReasonKey, new Wording(
                $"Hãy ghi rõ lý do (ít nhất {LaneOptions.ShortestReason} ký tự): vì sao không có https, "
                    + $"đường truyền được bảo vệ thế nào.",
                $"Write the reason (at least {LaneOptions.ShortestReason} characters): why there is no https, "
                    + $"and what protects the line."));
        }
        else if (!addresses.Any(address => address is not null && IsPlain(address)))
        {
            yield return new SettingsFault(ReasonKey, new Wording(
                "Không có địa chỉ nào của kênh dùng http ngoài máy này; hãy bỏ khóa này.",
                "No address of the lane uses http beyond this machine; take the key out."));
        }
    }

    /// <summary>Rule 10: what is called a stand-in must not be at the address of a gateway that
    /// reaches real phones.</summary>
    /// <param name="addresses">Every address of the lane.</param>
    public static IEnumerable<SettingsFault> CheckStandIn(LaneOptions lane, params IEnumerable<Uri?> addresses)
    {
        if (lane.StandIn != true
            || addresses.FirstOrDefault(address =>
                address is { IsAbsoluteUri: true } && IsLive(address.Host)) is not { } live)
            yield break;

        yield return new SettingsFault("standIn", new Wording(
            $"standIn là true mà {live.Host} là cổng thật: tin sẽ tới máy thật. Hãy ghi địa chỉ của cổng mô "
                + $"phỏng, hoặc standIn là false.",
            $"standIn is true, but {live.Host} is a gateway's own: messages reach real phones. "
                + $"Write the stand-in's address, or standIn as false."));
    }

    static bool IsLive(string host) =>
        CarrierTypes.All.SelectMany(type => type.LiveHosts).Any(live =>
            host.EndsWith(live, StringComparison.OrdinalIgnoreCase)
            && (host.Length == live.Length || host[^(live.Length + 1)] == '.'));

    static bool IsPlain(Uri address) => address is { IsAbsoluteUri: true, Scheme: "http", IsLoopback: false };
}
