using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using QRCoder;

namespace SmsCampaign.WebConsole.People;

/// <summary>What an authenticator on a phone is given.</summary>
public static class Authenticator
{
    /// <summary>Length of a step of its codes (RFC 6238, 4.1).</summary>
    static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    /// <summary>Steps on each side that are taken for a phone's clock that is off.</summary>
    const int Drift = 2;

    const int Digits = 6;

    const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    const int PixelsAModule = 4;

    /// <summary>The step, counted since 1970, that a code is of: the latest of those that are good now.</summary>
    /// <param name="key">The secret, in base 32.</param>
    /// <param name="code">As it was typed; what is no digit is left out.</param>
    /// <param name="now">By the clock that phones go by.</param>
    /// <returns>Null where it is of none.</returns>
    public static long? FindStep(string key, string code, DateTimeOffset now)
    {
        var typed = string.Concat(code.Where(char.IsAsciiDigit));
        if (key.Length == 0 || typed.Length != Digits)
            return null;

        var (secret, given, step) = (
            FromBase32(key), Encoding.ASCII.GetBytes(typed), now.ToUnixTimeSeconds() / (long)Step.TotalSeconds);
        long? found = null;
        for (var at = step - Drift; at <= step + Drift; at++)
        {
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(CodeOf(secret, at))))
                found = at;
        }

        return found;
    }

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

    /// <summary>RFC 4226, 5.3, over the number of the step.</summary>
    static string CodeOf(byte[] secret, long step)
    {
        var counter = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // HMAC-SHA1 is what authenticators have (RFC 6238)
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>RFC 4648, 6, without padding, which Identity's keys have not.</summary>
    static byte[] FromBase32(string text)
    {
        var (bits, value, bytes) = (0, 0, new List<byte>());
        foreach (var letter in text.ToUpperInvariant().Where(Base32.Contains))
        {
            value = (value << 5) | Base32.IndexOf(letter, StringComparison.Ordinal);
            bits += 5;
            if (bits < 8)
                continue;

            bits -= 8;
            bytes.Add((byte)(value >> bits));
            value &= (1 << bits) - 1;
        }

        return [.. bytes];
    }
}
