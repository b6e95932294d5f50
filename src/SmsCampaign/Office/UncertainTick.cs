using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Office;

/// <summary>Tells an uncertain message as it was looked at from the same one later: sent again and uncertain once more
/// it is another, of which nobody has asked.</summary>
/// <param name="Hash">Of since when it is uncertain and by which cause. Letters and digits; empty: that was not
/// said.</param>
public sealed record UncertainTick(string Reference, string Hash)
{
    /// <summary>Stands in no hash.</summary>
    const char Between = ':';

    /// <summary>Characters of a hash that are kept: 64 bits.</summary>
    const int Kept = 16;

    public static UncertainTick Of(UncertainMessage message) => new(
        message.Reference,
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Describe(message))))[..Kept]);

    /// <summary>As a form posts it.</summary>
    public override string ToString() => $"{Hash}{Between}{Reference}";

    /// <summary>Where no hash is written it is no message as it was looked at.</summary>
    public static UncertainTick Parse(string written) =>
        written.Split(Between, 2) is [var hash, var reference]
            ? new UncertainTick(reference, hash)
            : new UncertainTick(written, "");

    /// <summary>What tells it from every other, and from itself at another time: a line.</summary>
    internal static string Describe(UncertainMessage message) => string.Create(
        CultureInfo.InvariantCulture,
        $"{message.Seq} {message.Since} {(int)message.Why} {message.Lane} {message.Code}\n");
}
