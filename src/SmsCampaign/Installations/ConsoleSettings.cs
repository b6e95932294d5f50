using System.ComponentModel.DataAnnotations;
using System.Net;
using SmsCampaign.Files.Binding;

namespace SmsCampaign.Installations;

/// <summary>The web pages: where they are served, and under which name persons open them.</summary>
public sealed class ConsoleSettings : ICheckedSettings
{
    [Meaning(
        "Địa chỉ mở trang web của chương trình: http hoặc https, địa chỉ IP hoặc localhost, cổng mạng, và không có gì "
            + "phía sau; để trống thì không mở. Http chỉ dùng trong máy này (127.0.0.1), có thể đặt sau nginx hoặc "
            + "Caddy; nơi khác phải là https kèm certificate.",
        "Address of the program's web pages: http or https, an IP address or localhost, a port, and nothing behind it; "
            + "empty: none are served. Http only on this machine (127.0.0.1), where nginx or Caddy may stand before "
            + "it; elsewhere https with a certificate.")]
    [SuchAs("http://127.0.0.1:8443")]
    public string Listen { get; set; } = "";

    [Meaning(
        "Địa chỉ mà người dùng gõ vào trình duyệt web, khi khác listen, như khi đặt sau nginx. Bắt đầu bằng "
            + "https://.",
        "The address that persons open, where it is another than listen, as behind nginx. Begins with https://.")]
    [SuchAs("https://tin-nhan.daklak.gov.vn")]
    public string Address { get; set; } = "";

    [Meaning(
        "Tệp chứng chỉ dạng PEM, gồm cả chứng chỉ trung gian; cần khi listen là https.",
        "File of the certificate in PEM form, with those in between; needed where listen is https.")]
    [SuchAs("/etc/sms-campaign/console.pem")]
    public string Certificate { get; set; } = "";

    [Meaning(
        "Tệp khóa riêng dạng PEM của certificate; để trống khi khóa nằm trong cùng tệp.",
        "File of the certificate's private key in PEM form; empty where it is in the same file.")]
    [SuchAs("/etc/sms-campaign/console.key")]
    public string CertificateKey { get; set; } = "";

    [Meaning(
        "Thư mục chứa các chiến dịch soạn trên trang web, mỗi chiến dịch một thư mục có tệp campaign.yaml; trang web "
            + "không mở được tệp chiến dịch nào ở ngoài thư mục này. Đường dẫn tính từ tệp cấu hình.",
        "Folder of the campaigns that are written on the pages, each a folder with a campaign.yaml; the pages open no "
            + "campaign file outside it. A path is relative to the installation file.")]
    [MinLength(1)]
    public string Campaigns { get; set; } = DefaultCampaigns;

    [Meaning(
        "Nhà cung cấp danh tính mà người dùng đăng nhập qua đó được, ngoài mật khẩu và passkey (OpenID Connect). Không "
            + "ghi: không có.",
        "The identity provider by which persons may sign in, beside password and passkey (OpenID Connect). Unset: "
            + "none.")]
    public OpenIdSettings? OpenId { get; set; }

    /// <summary>Beside the installation file.</summary>
    public const string DefaultCampaigns = "campaigns";

    /// <summary>Null: no pages are served.</summary>
    public Uri? ListenAt => Listen.Length > 0 ? new Uri(Listen) : null;

    /// <summary>Where persons open the pages; null where none are served.</summary>
    public Uri? PublicAddress => Address.Length > 0 ? new Uri(Address) : ListenAt;

    /// <summary>The same, served at another address.</summary>
    public ConsoleSettings At(string listen)
    {
        var other = (ConsoleSettings)MemberwiseClone();
        other.Listen = listen;
        return other;
    }

    internal void Resolve(string folder) => Campaigns = Path.GetFullPath(Campaigns, folder);

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<Wording> Problems() => [.. ((ICheckedSettings)this).Check().Select(fault => fault.What)];

    IEnumerable<SettingsFault> ICheckedSettings.Check()
    {
        if (Listen.Length > 0 && FindFault(Listen) is { } fault)
            yield return new SettingsFault("listen", fault);
        if (Address.Length > 0
            && !(Uri.TryCreate(Address, UriKind.Absolute, out var address)
                && address is { Scheme: "https", PathAndQuery: "/", Fragment: "", UserInfo: "" }))
        {
            yield return new SettingsFault("address", new Wording(
                $"Cần https:// và tên máy, không có gì phía sau, như https://tin-nhan.daklak.gov.vn; đang là "
                    + $"'{Address}'.",
                $"Expected https:// and a host's name with nothing behind it, such as "
                    + $"https://tin-nhan.daklak.gov.vn; found '{Address}'."));
        }

        if (Listen.StartsWith("https:", StringComparison.OrdinalIgnoreCase) && Certificate.Length == 0)
        {
            yield return new SettingsFault("certificate", new Wording(
                "Listen là https thì phải ghi tệp chứng chỉ; hoặc dùng http://127.0.0.1:8443 sau nginx, Caddy.",
                "Where listen is https the certificate's file is needed; or use http://127.0.0.1:8443 behind nginx or "
                    + "Caddy."));
        }
    }

    /// <summary>Plain HTTP beyond this machine would let whoever is on the way read and change what is approved.
    /// </summary>
    static Wording? FindFault(string listen)
    {
        if (!Uri.TryCreate(listen, UriKind.Absolute, out var address)
            || address is not { Scheme: "http" or "https" }
            || !ListenAddress.IsGood(new UriBuilder(address) { Scheme = "http", Port = address.Port }.Uri))
        {
            return new Wording(
                $"Cần http:// hoặc https://, địa chỉ IP hoặc localhost, cổng, và không có gì phía sau, như "
                    + $"http://127.0.0.1:8443; đang là '{listen}'.",
                $"Expected http:// or https://, an IP address or localhost, a port, and nothing behind it, such as "
                    + $"http://127.0.0.1:8443; found '{listen}'.");
        }

        return address.Scheme == "https" || IsOfThisMachine(address) ? null : new Wording(
            $"Http chỉ được dùng trong máy này, như http://127.0.0.1:8443; đang là '{listen}'. Muốn mở cho máy khác: "
                + $"dùng https kèm certificate, hoặc đặt nginx, Caddy phía trước.",
            $"Http is for this machine alone, such as http://127.0.0.1:8443; found '{listen}'. To serve others: use "
                + $"https with a certificate, or put nginx or Caddy before it.");
    }

    /// <summary>Whether nobody but this machine reaches it.</summary>
    public static bool IsOfThisMachine(Uri address) =>
        address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
