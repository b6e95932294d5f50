using System.Globalization;
using System.Xml;

namespace SmsCampaign.Audience;

/// <summary>The columns of a sheet that Excel does not show.</summary>
sealed class HiddenColumns
{
    /// <summary>First and last of a stretch, 0-based.</summary>
    readonly List<(int First, int Last)> _stretches = [];

    public bool Contain(int column) =>
        _stretches.Exists(hidden => hidden.First <= column && column <= hidden.Last);

    /// <param name="column">Stands at an element col, which says how a stretch of columns is shown.</param>
    /// <exception cref="InvalidDataException">There are more of them than a sheet has columns.</exception>
    public void Read(XmlReader column)
    {
        if (column.GetAttribute("hidden") is not ("1" or "true") && column.GetAttribute("width") != "0")
            return;

        if (_stretches.Count == SheetPlace.MostColumns)
            throw new InvalidDataException("more columns than a sheet's");

        _stretches.Add((Number(column.GetAttribute("min")) - 1, Number(column.GetAttribute("max")) - 1));
    }

    static int Number(string? written) => int.Parse(written ?? "", NumberStyles.None, CultureInfo.InvariantCulture);
}
