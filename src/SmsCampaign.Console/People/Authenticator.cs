using QRCoder;

namespace SmsCampaign.WebConsole.People;

/// <summary>What an authenticator on a phone is given.</summary>
public static class Authenticator
{
    const int PixelsAModule = 4;

    /// <summary>The secret as a picture to scan (otpauth URI, Key Uri Format of Google Authenticator).</summary>
    /// <returns>A PNG in base 64.</returns>
    public static string PictureOf(string name, string key)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(
            $"otpauth://totp/SmsCampaign:{Uri.EscapeDataString(name)}?secret={key}&issuer=SmsCampaign&digits=6",
            QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(code);
        return Convert.ToBase64String(picture.GetGraphic(PixelsAModule));
    }
}
