// The part of vis-network that the canvas page uses.

interface VisMove {
  position?: Position;
  scale?: number;
  offset?: Position;
  animation?: false | { duration: number; easingFunction: string };
}

interface VisNode extends Position {
  id: number;
  size: number;
  shape: string;
  color: { background: string; border: string };
  borderWidth: number;
}

declare namespace vis {
  class DataSet {
    remove(ids: number[]): void;
    update(nodes: VisNode[]): void;
  }
  class Network {
    constructor(element: HTMLElement, data: { nodes: DataSet; edges: never[] }, options: object);
    body: { nodes: Record<number, { draw(context: CanvasRenderingContext2D): void }> };
    getScale(): number;
    getViewPosition(): Position;
    getPosition(id: number): Position;
    getNodeAt(place: Position): number | undefined;
    DOMtoCanvas(place: Position): Position;
    focus(id: number, move: VisMove): void;
    moveTo(move: VisMove): void;
    fit(options: { animation: false; minZoomLevel: number; maxZoomLevel: number }): void;
    setSize(width: string, height: string): void;
    redraw(): void;
    on(event: "beforeDrawing" | "afterDrawing", run: (context: CanvasRenderingContext2D) => void): void;
    on(event: string, run: (event: Pointers) => void): void;
  }
}
