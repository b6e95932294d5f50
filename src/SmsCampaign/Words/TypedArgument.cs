namespace SmsCampaign.Words;

/// <summary>An argument as it is to be typed: a command that is shown must do what it says when it is.</summary>
public static class TypedArgument
{
    /// <summary>Signs beside letters and digits that mean nothing to a shell.</summary>
    const string Plain = "._-/:+,@=";

    /// <summary>Signs that mean something to a shell of Unix also within double quotes.</summary>
    const string Live = "\"$`\\!";

    /// <returns>In quotes where a shell would take it for several, or for something else.</returns>
    public static string Of(string value)
    {
        if (value.Length > 0
            && value.All(letter => char.IsLetterOrDigit(letter)
                || Plain.Contains(letter, StringComparison.Ordinal)
                || (OperatingSystem.IsWindows() && letter == '\\')))
            return value;

        return OperatingSystem.IsWindows() || !value.AsSpan().ContainsAny(Live)
            ? $"\"{value}\""
            : $"'{value.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}
