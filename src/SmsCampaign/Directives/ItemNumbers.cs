using System.Globalization;
using System.Text.RegularExpressions;

namespace SmsCampaign.Directives;

/// <summary>The numbers that items of an order begin with, one beneath the other: II, 2.2, a, a dash.</summary>
sealed partial class ItemNumbers
{
    string? _section;
    string? _number;
    string? _letter;

    /// <summary>Of the item that was begun last, as II.2.2.</summary>
    public string? Path =>
        string.Join('.', new[] { _section, _number, _letter }.OfType<string>()) is { Length: > 0 } path ? path : null;

    /// <summary>Whether what was begun last has a number that is not known.</summary>
    public bool AreLost { get; private set; }

    /// <summary>Of what comes now the number is not known.</summary>
    public void Lose() => (_section, _number, _letter, AreLost) = (null, null, null, true);

    /// <param name="canStart">Whether something may begin here: no quotation is open.</param>
    /// <param name="ended">Whether the line before ends a sentence.</param>
    /// <returns>Whether a line begins an item. A number out of order is one at which a line happens to be
    /// broken.</returns>
    public bool Take(string line, bool canStart, bool ended)
    {
        if (!canStart)
            return false;

        if (Section().Match(line) is { Success: true } section)
        {
            (_section, _number, _letter, AreLost) = (section.Groups["no"].Value, null, null, false);
            return true;
        }

        if (Number().Match(line) is { Success: true } number && Follows(number.Groups["no"].Value))
        {
            (_number, _letter, AreLost) = (number.Groups["no"].Value, null, false);
            return true;
        }

        if (ended && Letter().Match(line) is { Success: true } letter)
        {
            _letter = letter.Groups["no"].Value;
            return true;
        }

        return ended && Dash().IsMatch(line);
    }

    bool Follows(string number)
    {
        if (number.Contains('.', StringComparison.Ordinal))
            return true;

        var at = int.Parse(number, CultureInfo.InvariantCulture);
        return at == 1 || _number is null
            || at == int.Parse(_number.Split('.')[0], CultureInfo.InvariantCulture) + 1;
    }

    [GeneratedRegex(@"^(?<no>[IVX]{1,5})\s*[.)]\s*(?=\p{L})")]
    private static partial Regex Section();

    [GeneratedRegex(@"^(?:(?:Điều|Mục|Điểm)\s+)?(?<no>[0-9]{1,2}(?:\.[0-9]{1,2}){0,3})\s*"
        + @"(?:[.)]\s*(?=[\p{L}(""“])|\|\s)")]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?<no>[a-zđ])\s*[.)]\s*(?=\p{L})")]
    private static partial Regex Letter();

    [GeneratedRegex(@"^[-–—+•*·▪]\s*(?=\S)")]
    private static partial Regex Dash();
}
