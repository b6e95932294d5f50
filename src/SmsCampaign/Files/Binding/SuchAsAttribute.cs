namespace SmsCampaign.Files.Binding;

/// <summary>A value that the setting may have, shown where it has none it may, and by editors.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class SuchAsAttribute(string example) : Attribute
{
    public string Example => example;
}
