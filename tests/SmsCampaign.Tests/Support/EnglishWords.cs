using System.Text.RegularExpressions;

namespace SmsCampaign.Tests.Support;

/// <summary>Tells English from Vietnamese in what the officer is shown.</summary>
static partial class EnglishWords
{
    /// <summary>Words of faults and of their grammar that are not Vietnamese too when written without marks.</summary>
    static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "access", "accepted", "allowed", "already", "and", "another", "approval", "are", "argument", "attempt",
        "audience", "be", "been", "being", "broken", "but", "by", "cannot", "changed", "character", "column",
        "combined", "command", "could", "database", "decision", "delivered", "denied", "directory", "disk", "does",
        "encrypted", "error", "event", "exception", "excluded", "exists", "expected", "expects", "failed", "fault",
        "file", "find", "folder", "for", "found", "from", "full", "has", "have", "image", "input", "invalid", "is",
        "it", "leftover", "line", "locked", "malformed", "message", "messages", "missing", "newer", "not", "of",
        "option", "open", "opened", "or", "output", "part", "path", "planned", "process", "provided", "read",
        "readable", "readonly", "recognized", "required", "resolution", "response", "row", "rows", "schema", "sent",
        "shown", "simulated", "single", "start", "stray", "submitting", "such", "system", "table", "tables", "that",
        "the", "there", "this", "uncertain", "unable", "unexpected", "unrecognized", "used", "value", "version", "void",
        "was", "were", "while", "with", "write", "written",
    };

    /// <summary>Fails where anything is English but what is quoted, a verb, an option, a key, a name of a
    /// file or of a type.</summary>
    public static void AssertNone(string shown)
    {
        var told = Names().Replace(shown, " ");
        var english = Word().Matches(told).Select(match => match.Value).Where(Known.Contains).Distinct();
        Assert.True(!english.Any(), $"English ({string.Join(", ", english)}) in: {shown}");
    }

    /// <summary>What stands between quotes, paths, options, file names and keys with a dot, identifiers with
    /// underscores, and what the reader is to type.</summary>
    [GeneratedRegex(
        """'[^'\n]*'|"[^"\n]*"|“[^”\n]*”|\[[\w.\[\]-]+\]|--[a-z-]+( [A-Z_…]+)?|sms-campaign [a-z]+( sent| withdraw)?|https?://\S+|[\w./\\-]*[/\\][\w./\\-]*|\w+(?:\.\w+)+|\w+_\w+|mã [A-Z]\w+""")]
    private static partial Regex Names();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();
}
