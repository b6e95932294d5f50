using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SmsCampaign.Storage.Registry;

/// <summary>What a person decided of uncertain messages by one command.</summary>
/// <param name="At">Microseconds.</param>
/// <param name="Digest">SHA-256 of the messages' keys in ascending order.</param>
/// <param name="ByOs">The account of the operating system it was decided by; empty for one from
/// before that was kept.</param>
public sealed record PersonsResolution(
    long At, Messages.MessageStatus To, string Who, string Reason, int Messages, string Digest, string ByOs)
{
    public static PersonsResolution Of(
        long at, Messages.MessageStatus to, string who, string reason, IEnumerable<long> messages, string byOs)
    {
        var keys = messages.Order().ToList();
        var text = string.Join(',', keys.Select(key => key.ToString(CultureInfo.InvariantCulture)));
        return new PersonsResolution(at, to, who, reason, keys.Count, Convert.ToHexStringLower(
            SHA256.HashData(Encoding.ASCII.GetBytes(text))), byOs);
    }

    public string ReferenceOf(string run) => ReferenceTo(run, At, To);

    internal static string ReferenceTo(string run, long at, Messages.MessageStatus to) =>
        string.Create(CultureInfo.InvariantCulture, $"{run} {at} {to}");

    /// <summary>Without an account as it was written before accounts were kept.</summary>
    public string ToContent() => JsonSerializer.Serialize(
        new object[] { At, $"{To}", Who, Reason, Messages, Digest }.Concat(ByOs.Length == 0 ? [] : new[] { ByOs }));
}
