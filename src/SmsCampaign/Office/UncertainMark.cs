using System.Globalization;

namespace SmsCampaign.Office;

/// <summary>Tells a set of uncertain messages from every other: as many as before that are not the same ones are
/// another set, and so is one of which a message was sent again meanwhile.</summary>
/// <param name="Of">Which set: all of a run, or those of a lane and cause. Letters and digits.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Hash">Of the messages, and since when each is uncertain and by which cause. Letters and digits.</param>
public sealed record UncertainMark(string Of, long Count, string Hash)
{
    const char Between = '-';

    /// <summary>As a form posts it.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Of}{Between}{Count}{Between}{Hash}");

    /// <returns>Null where no page has written it so.</returns>
    public static UncertainMark? Parse(string? written) =>
        written?.Split(Between) is [var of, var number, var hash]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new UncertainMark(of, count, hash)
            : null;
}
