using System.Globalization;

namespace SmsCampaign.Storage;

/// <summary>
/// Names a run: a campaign on one date. A simulated run is a run of its own, so that a rehearsal can never stand in the
/// way of the real thing.
/// </summary>
public sealed record RunKey(string Campaign, DateOnly Date, bool Simulated) : IWorded
{
    /// <summary>Between a campaign's id and the number of a test of it: no campaign's id has a full stop.</summary>
    const string TestMark = ".thu-";

    /// <summary>Whether it is no run of a campaign, but a test of one to a few phones (<c>test-send</c>).</summary>
    public bool IsTest => IsOfTest(Campaign);

    /// <summary>Id of the campaign that a test is of; <see cref="Campaign"/> where it is none.</summary>
    public string Tested => IsTest ? Campaign[..Campaign.IndexOf(TestMark, StringComparison.Ordinal)] : Campaign;

    /// <summary>Which test of its campaign and day it is, from 1; 0 where it is none.</summary>
    public int TestNumber => IsTest
        && int.TryParse(
            Campaign.AsSpan(Tested.Length + TestMark.Length),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number)
        ? number
        : 0;

    /// <summary>A test of a campaign.</summary>
    /// <param name="number">From 1, of its day.</param>
    public static RunKey OfTest(string campaign, DateOnly date, int number) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{campaign}{TestMark}{number}"), date, Simulated: false);

    /// <summary>Whether what stands in the place of a campaign's id is that of a test.</summary>
    internal static bool IsOfTest(string campaign) => campaign.Contains(TestMark, StringComparison.Ordinal);

    /// <summary>As campaign/2025-07-30, with /simulated after it where it is.</summary>
    public override string ToString() =>
        $"{Campaign}/{DateText}{(Simulated ? "/simulated" : "")}";

    /// <summary>What a text should have been that <see cref="Parse"/> does not take.</summary>
    internal static Wording Expected => new(
        "khóa của lượt gửi (dạng đúng: ma-chien-dich/2025-07-30)",
        "key of a run (expected one as campaign-id/2025-07-30)");

    /// <summary>As a file's name without ending: campaign-2025-07-30.simulated.</summary>
    public string FileName => $"{Campaign}-{DateText}{(Simulated ? ".simulated" : "")}";

    public string DateText => Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>As a person names it, not as it is stored.</summary>
    Wording IWorded.Words => IsTest
        ? new($"gửi thử {TestNumber} của {Tested}, ngày {Figures.Date(Date)}", ToString())
        : new($"{Campaign}, ngày {Figures.Date(Date)}{(Simulated ? ", mô phỏng" : "")}", ToString());

    /// <exception cref="FormatException">The text is not one that <see cref="ToString"/> makes.</exception>
    public static RunKey Parse(string text)
    {
        var parts = text.Split('/');
        if (parts.Length is not (2 or 3) || (parts.Length == 3 && parts[2] != "simulated"))
            throw new FormatException($"not a run's key: '{text}'");

        return new RunKey(
            parts[0], DateOnly.ParseExact(parts[1], "yyyy-MM-dd", CultureInfo.InvariantCulture), parts.Length == 3);
    }

    /// <summary>The campaign of a run that a text names: of a test, the one that it is of.</summary>
    /// <returns>Null where the text is no key of a run.</returns>
    public static string? FindCampaign(string text)
    {
        try
        {
            return Parse(text).Tested;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <param name="table">Of ledger.db.</param>
    /// <exception cref="LedgerRowException">The table's row says something else.</exception>
    public static RunKey ParseStored(string text, string table)
    {
        try
        {
            return Parse(text);
        }
        catch (FormatException)
        {
            throw LedgerRowException.Of(table, text, text, Expected);
        }
    }
}
