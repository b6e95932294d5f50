namespace SmsCampaign.Files.Binding;

/// <summary>What the names of a table look like, for editors.</summary>
/// <param name="pattern">Regular expression that all of a name fits.</param>
[AttributeUsage(AttributeTargets.Property)]
sealed class NamesAttribute(string pattern) : Attribute
{
    public string Pattern => pattern;
}
