namespace SmsCampaign.Files.Binding;

/// <summary>Marks a settings class of which there are several kinds: one of its keys says which, and what other keys
/// there are.</summary>
/// <param name="key">Name of that key as the file has it.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
abstract class VariantsAttribute(string key) : Attribute
{
    public string Key => key;

    /// <summary>The kinds, each with what the key says, and its class.</summary>
    public abstract IEnumerable<(string Name, Type Settings)> Kinds { get; }
}
