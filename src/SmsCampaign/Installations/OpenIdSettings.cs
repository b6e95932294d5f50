using System.ComponentModel.DataAnnotations;
using SmsCampaign.Files.Binding;

namespace SmsCampaign.Installations;

/// <summary>Who vouches for who somebody is, where they sign in to the pages by an account of the province
/// (OpenID Connect Core 1.0, authorization code with PKCE). What they may do stays ours.</summary>
public sealed class OpenIdSettings : ICheckedSettings
{
    [Meaning(
        "Địa chỉ của nhà cung cấp danh tính (issuer), nơi có .well-known/openid-configuration. Phải là https, trừ "
            + "trong chính máy này.",
        "Address of the identity provider (its issuer), below which .well-known/openid-configuration is. Https, "
            + "except on this machine.")]
    [Required, SuchAs("https://dang-nhap.daklak.gov.vn/realms/tinh")]
    public Uri? Authority { get; set; }

    [Meaning(
        "Tên của chương trình tại nhà cung cấp danh tính.",
        "The program's name at the identity provider.")]
    [Required, SuchAs("sms-campaign")]
    public string ClientId { get; set; } = "";

    [Meaning(
        "Bí mật của chương trình tại nhà cung cấp danh tính, lấy từ biến môi trường hoặc tệp.",
        "The program's secret at the identity provider, from the environment or a file.")]
    [Required, Secret]
    public string ClientSecret { get; set; } = "";

    [Meaning(
        "Thông tin (claim) trong id_token giữ tên đăng nhập, khớp từng chữ với tên của user add. Phải là thứ mà người "
            + "dùng không tự đổi được và không cấp lại cho người khác.",
        "Claim of the id_token that holds the sign-in name, to the letter that of user add. It must be one that nobody "
            + "changes by themselves, and that is never given to another person.")]
    [MinLength(1)]
    public string NameClaim { get; set; } = "preferred_username";

    [Meaning(
        "Chữ trên nút ở trang đăng nhập.",
        "What the button of the sign-in page says.")]
    [MinLength(1)]
    public string Label { get; set; } = "Đăng nhập bằng tài khoản của tỉnh";

    IEnumerable<SettingsFault> ICheckedSettings.Check()
    {
        if (Authority is { } authority
            && (authority is not { Query: "", Fragment: "", UserInfo: "" }
                || !(authority.Scheme == "https"
                    || (authority.Scheme == "http" && ConsoleSettings.IsOfThisMachine(authority)))))
        {
            yield return new SettingsFault("authority", new Wording(
                $"Cần https://, không có gì sau dấu ? hay #, như https://dang-nhap.daklak.gov.vn/realms/tinh; http chỉ "
                    + $"dùng trong chính máy này.",
                $"Expected https:// with nothing behind a ? or #, such as https://dang-nhap.daklak.gov.vn/realms/tinh; "
                    + $"http is for this machine alone."));
        }
    }
}
