using DocumentFormat.OpenXml.Spreadsheet;

namespace SmsCampaign.Letters;

/// <summary>The styles of a <see cref="WrittenWorkbook"/>, a <see cref="CellLook"/> each, in its order.</summary>
static class SheetLooks
{
    /// <summary>Built in: ECMA-376 18.8.30.</summary>
    const uint InGroups = 3;

    const uint OfPercent = 164;
    const uint OfMoment = 165;
    const uint OfSecond = 166;
    const uint OfDay = 167;

    public static Stylesheet Create() => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = OfPercent, FormatCode = "0.0%" },
            new NumberingFormat { NumberFormatId = OfMoment, FormatCode = "dd/mm/yyyy hh:mm" },
            new NumberingFormat { NumberFormatId = OfSecond, FormatCode = "dd/mm/yyyy hh:mm:ss" },
            new NumberingFormat { NumberFormatId = OfDay, FormatCode = "dd/mm/yyyy" }),
        new Fonts(Letters(isBold: false), Letters(isBold: true)),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border(), Frame()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            new CellFormat(new Alignment
            {
                WrapText = true,
                Horizontal = HorizontalAlignmentValues.Center,
                Vertical = VerticalAlignmentValues.Center,
            })
            { FontId = 1, BorderId = 1, ApplyFont = true, ApplyBorder = true, ApplyAlignment = true },
            new CellFormat(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top })
            {
                BorderId = 1,
                ApplyBorder = true,
                ApplyAlignment = true,
            },
            OfNumber(InGroups),
            OfNumber(OfPercent),
            OfNumber(OfMoment),
            new CellFormat { FontId = 1, ApplyFont = true },
            OfNumber(OfSecond),
            OfNumber(OfDay),
            new CellFormat(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top })
            {
                FontId = 1,
                BorderId = 1,
                ApplyFont = true,
                ApplyBorder = true,
                ApplyAlignment = true,
            },
            OfNumber(InGroups, isBold: true),
            OfNumber(OfSecond, isBold: true),
            new CellFormat { NumberFormatId = OfSecond, ApplyNumberFormat = true }));

    static Font Letters(bool isBold)
    {
        var font = new Font();
        if (isBold)
            font.Append(new Bold());
        font.Append(new FontSize { Val = 12 }, new FontName { Val = "Times New Roman" });
        return font;
    }

    static Border Frame() => new(
        new LeftBorder { Style = BorderStyleValues.Thin },
        new RightBorder { Style = BorderStyleValues.Thin },
        new TopBorder { Style = BorderStyleValues.Thin },
        new BottomBorder { Style = BorderStyleValues.Thin },
        new DiagonalBorder());

    static CellFormat OfNumber(uint format, bool isBold = false) => new(
        new Alignment { Vertical = VerticalAlignmentValues.Top })
    {
        NumberFormatId = format,
        FontId = isBold ? 1u : 0,
        BorderId = 1,
        ApplyFont = isBold,
        ApplyAlignment = true,
        ApplyNumberFormat = true,
        ApplyBorder = true,
    };
}
