using System.Security.Cryptography;
using System.Text;

namespace SmsCampaign.Campaigns;

/// <summary>
/// What an approval binds (rule 8): definition, audience, plan, and what the run's ledger says of them. Any change of
/// any of them gives another hash.
/// </summary>
public static class ApprovalHash
{
    const int BriefLength = 12;

    /// <param name="sealHash"><c>RunSeal.Hash</c>.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string Of(string definitionHash, string audienceHash, string planHash, string sealHash) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.ASCII.GetBytes($"{definitionHash}\n{audienceHash}\n{planHash}\n{sealHash}\n")));

    /// <summary>Whether a person's code is that of a hash: its first twelve digits, or more of it; fewer could be
    /// another's as well.</summary>
    /// <param name="code">As written; upper case counts as lower.</param>
    public static bool IsCodeOf(string code, string hash) =>
        code.Trim().ToLowerInvariant() is var given
        && given.Length >= Brief(hash).Length
        && hash.StartsWith(given, StringComparison.Ordinal);

    /// <summary>The first twelve digits: what a person compares on paper. What is kept and is no
    /// hash stays as it is.</summary>
    public static string Brief(string hash) => hash.Length <= BriefLength ? hash : hash[..BriefLength];
}
