namespace SmsCampaign.Directives;

/// <summary>The area that an office serves.</summary>
public static class DirectiveAreas
{
    /// <returns>As tỉnh Lai Châu or thành phố Hà Nội; null where the office's name has none.</returns>
    public static string? Of(string issuer) => HeadReader.Area(issuer);
}
