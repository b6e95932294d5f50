using System.Text.RegularExpressions;
using SmsCampaign.Files;
using SmsCampaign.Files.Binding;
using SmsCampaign.Files.Json;

namespace SmsCampaign.Carriers.Http;

/// <summary>
/// Finds secrets that are written out in what a lane sends: keys of an <c>http</c> lane are named by the
/// gateway, so that none of them is marked as a secret (<see cref="SecretAttribute"/>). It is known by its
/// name, or by how its value begins.
/// </summary>
/// <remarks>The file is read by more than the service, and what is approved shows every option but those
/// named by a reference.</remarks>
static partial class LiteralSecrets
{
    /// <summary>Parts of names, in small letters and digits alone, that are a secret's.</summary>
    static readonly string[] InNames =
    [
        "password", "passwd", "passphrase", "passcode", "matkhau", "secret", "token", "apikey", "accesskey", "authkey",
        "privatekey", "appkey", "clientkey", "userkey", "credential", "authorization",
    ];

    /// <summary>Names that are.</summary>
    static readonly string[] Names = ["pass", "pwd", "pw", "cookie", "bearer", "userpass", "mk"];

    /// <summary>Names that may be, and may be something else.</summary>
    static readonly string[] Doubtful = ["key", "auth", "sign", "signature", "checksum", "session", "sessionid"];

    /// <param name="lane">Its section.</param>
    public static IEnumerable<Problem> Find(FileNode lane)
    {
        foreach (var section in new[] { lane, lane.Find("inquiry") }.OfType<FileNode>())
        {
            foreach (var fields in section.Members.Where(member =>
                member.Name is "headers" or "query" or "form" or "body" or "item"))
            {
                foreach (var problem in InFields(fields.Value, isHeader: fields.Name == "headers"))
                    yield return problem;
            }
        }

        foreach (var problem in lane.Members.SelectMany(member => InAddresses(member.Value)))
            yield return problem;
    }

    static IEnumerable<Problem> InFields(FileNode fields, bool isHeader)
    {
        foreach (var member in fields.Members)
        {
            var isKnown = IsSecret(member.Name)
                || (isHeader
                    && (Plain(member.Name).Contains("auth", StringComparison.Ordinal)
                        || Scheme().IsMatch(member.Value.Text)));
            if (IsLiteral(member.Value) && (isKnown || IsDoubtful(member.Name)))
                yield return Written(member.Value.Where, member.Name, isKnown);

            foreach (var problem in InFields(member.Value, isHeader))
                yield return problem;
        }

        foreach (var problem in fields.Items.SelectMany(item => InFields(item, isHeader)))
            yield return problem;
    }

    /// <summary>Of every text that is an address, wherever it stands.</summary>
    static IEnumerable<Problem> InAddresses(FileNode node)
    {
        if (node is { Kind: NodeKind.Text, Variable: null }
            && node.Text.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            && node.Text.Contains("://", StringComparison.Ordinal) && node.Text.Split('?', 2) is [_, var query])
        {
            foreach (var (name, value) in query.Split('#')[0].Split('&').Select(field => field.Split('=', 2))
                .Where(field => field.Length == 2).Select(field => (field[0], field[1])))
            {
                if ((IsSecret(name) || IsDoubtful(name)) && IsLiteral(value))
                    yield return Written(node.Where, name, IsSecret(name));
            }
        }

        foreach (var problem in node.Members.Select(member => member.Value).Concat(node.Items).SelectMany(InAddresses))
            yield return problem;
    }

    static Problem Written(Place where, string name, bool isKnown) => new(where, isKnown
        ? new Wording(
            $"'{name}' là giá trị bí mật, không viết ra trong tệp này. Hãy ghi ${{env:TÊN_BIẾN}} hoặc "
                + $"${{file:ĐƯỜNG_DẪN}}, và đổi giá trị đã viết ra.",
            $"'{name}' is a secret, which may not stand in this file. Write ${{env:NAME}} or ${{file:PATH}}, "
                + $"and change the one that was written out.")
        : new Wording(
            $"'{name}' có phải giá trị bí mật không? Nếu phải, hãy ghi ${{env:TÊN_BIẾN}} hoặc ${{file:ĐƯỜNG_DẪN}}, "
                + $"và đổi giá trị đã viết ra.",
            $"Is '{name}' a secret? If so, write ${{env:NAME}} or ${{file:PATH}}, and change "
                + $"the one that was written out."),
        isKnown ? Severity.Error : Severity.Warning);

    static bool IsSecret(string name) => Plain(name) is var plain
        && (Names.Contains(plain) || InNames.Any(part => plain.Contains(part, StringComparison.Ordinal)));

    static bool IsDoubtful(string name) => Doubtful.Contains(Plain(name));

    static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    static bool IsLiteral(FileNode node) =>
        node is { Kind: NodeKind.Text or NodeKind.Number, Variable: null } && IsLiteral(node.Text);

    /// <summary>Whether something is left of it beside placeholders, and nothing of it is kept elsewhere.</summary>
    static bool IsLiteral(string text) =>
        !SettingsReferences.IsIn(text) && Placeholder().Replace(text, "").Trim().Length > 0;

    [GeneratedRegex(@"\{[A-Za-z:]+\}")]
    private static partial Regex Placeholder();

    /// <summary>How the value of a header begins that lets somebody in (RFC 9110, 11.4).</summary>
    [GeneratedRegex(@"^(basic|bearer|token|digest|apikey)\s+\S", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();
}
