using OxyPlot;

namespace SmsCampaign.Reports.Documents;

/// <summary>Measures texts as if all letters were as wide as Arial's are on the average: what comes with the library
/// takes Vietnamese letters for nothing, and labels are cut off.</summary>
sealed class EvenLetters : RenderContextBase
{
    /// <summary>Of the size of a letter.</summary>
    const double Width = 0.56;

    const double Height = 1.2;

    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
    {
        var lines = (text ?? "").Split('\n');
        return new OxySize(lines.Max(line => line.Length) * Width * fontSize, lines.Length * Height * fontSize);
    }

    public override int ClipCount => 0;

    public override void PushClip(OxyRect clippingRectangle) => throw OnlyMeasures();

    public override void PopClip() => throw OnlyMeasures();

    public override void DrawLine(
        IList<ScreenPoint> points,
        OxyColor stroke,
        double thickness,
        EdgeRenderingMode edgeRenderingMode,
        double[] dashArray,
        LineJoin lineJoin) => throw OnlyMeasures();

    public override void DrawPolygon(
        IList<ScreenPoint> points,
        OxyColor fill,
        OxyColor stroke,
        double thickness,
        EdgeRenderingMode edgeRenderingMode,
        double[] dashArray,
        LineJoin lineJoin) => throw OnlyMeasures();

    public override void DrawText(
        ScreenPoint p,
        string text,
        OxyColor fill,
        string fontFamily,
        double fontSize,
        double fontWeight,
        double rotation,
        HorizontalAlignment horizontalAlignment,
        VerticalAlignment verticalAlignment,
        OxySize? maxSize) => throw OnlyMeasures();

    static NotSupportedException OnlyMeasures() => new("it only measures");
}
