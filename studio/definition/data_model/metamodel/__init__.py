"""The other shapes of a data model that apps carry beside it: the metamodel and the C# classes."""

from studio.definition.data_model.metamodel.class_shapes import ClassShape, Property, classes
from studio.definition.data_model.metamodel.companions import companions
from studio.definition.data_model.metamodel.csharp import csharp
from studio.definition.data_model.metamodel.metamodel import to_metamodel

__all__ = ["ClassShape", "Property", "classes", "companions", "csharp", "to_metamodel"]
